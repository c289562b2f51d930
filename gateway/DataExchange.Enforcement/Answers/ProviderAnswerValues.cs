using DataExchange.Enforcement.Exchanges;

namespace DataExchange.Enforcement.Answers;

/// <summary>A provider's answer that was checked against the question. Its memory is the permit's: it is good as long as that.</summary>
internal sealed class ProviderAnswerValues(ReadOnlyMemory<byte> json, FieldSlot[] slots)
{
    /// <summary>Checks an answer to the question that a judgement permitted.</summary>
    public static AnswerFault Check(ReadOnlyMemory<byte> json, Judgement asked, out ProviderAnswerValues? values)
    {
        var fields = asked.Decision.Permitted;
        var slots = new FieldSlot[fields.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new FieldSlot(asked.Dataset!.FindField(fields[i].Name)
                ?? throw new InvalidOperationException("A decision permitted a field that the dataset does not hold."));
        }

        var fault = ProviderAnswerReader.Read(json.Span, asked, slots);
        values = fault == AnswerFault.None ? new ProviderAnswerValues(json, slots) : null;
        return fault;
    }

    /// <summary>The value of a field, one JSON token; empty when the provider was not asked for it.</summary>
    public ReadOnlySpan<byte> ValueOf(string field)
    {
        foreach (var slot in slots)
        {
            if (slot.Field.Name == field)
            {
                return json.Span[slot.Value];
            }
        }

        return [];
    }
}
