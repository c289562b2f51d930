using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.Cases.Evidence;

/// <summary>A consent that a decision rests on.</summary>
/// <param name="Id">Id of the consent.</param>
/// <param name="Governance">Size of the governance log that was decided under.</param>
/// <param name="Decided">When.</param>
internal sealed record RestsOn(string Id, long Governance, DateTimeOffset Decided)
{
    /// <summary>The consents that an intent names.</summary>
    public static IEnumerable<RestsOn> Of(Receipt intent)
    {
        var record = intent.Opening!.Record;
        var (governance, decided) = (record.GetProperty("governance").GetInt64(), DateTimeOffset.FromUnixTimeMilliseconds(record.GetProperty("decided").GetInt64()));
        return record.GetProperty("decision").GetProperty("permitted").EnumerateArray()
            .Select(field => field.TryGetProperty("consent", out var consent) ? consent.GetString() : null)
            .OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(id => new RestsOn(id, governance, decided));
    }
}
