using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Records;

/// <summary>What a source found.</summary>
/// <param name="Subject">Whose record it is, as the register itself says: read back from it, not copied from the question.</param>
/// <param name="Values">One value for each field asked for, in that order. A field without a value is <see cref="FieldValue.Null"/>.</param>
public sealed record SourceRecord(string Subject, IReadOnlyList<FieldValue> Values)
{
    /// <summary>Nothing of the record: it is personal data.</summary>
    public override string ToString() => "record";
}
