using System.Text.Json;
using DataExchange.Contracts.Providers;

namespace DataExchange.Adapters.Receipts;

/// <summary>Compares what the intent record says with what is asked. Missing, surplus or differently ordered is different.</summary>
internal static class RecordedQuestion
{
    public static bool Matches(JsonElement record, ProviderQuery query) =>
        IsText(record, "dataset", query.Dataset)
        && record.TryGetProperty("revision", out var revision) && revision.ValueKind == JsonValueKind.Number
        && revision.TryGetInt32(out var number) && number == query.Revision
        && record.TryGetProperty("subject", out var subject) && subject.ValueKind == JsonValueKind.Object
        && IsText(subject, "scheme", query.Subject.Scheme)
        && IsText(subject, "value", query.Subject.Value)
        && record.TryGetProperty("fields", out var fields) && AreTexts(fields, query.Fields);

    private static bool IsText(JsonElement parent, string name, string expected) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);

    private static bool AreTexts(JsonElement list, IReadOnlyList<string> expected)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != expected.Count)
        {
            return false;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.ValueEquals(expected[index++]))
            {
                return false;
            }
        }

        return true;
    }
}
