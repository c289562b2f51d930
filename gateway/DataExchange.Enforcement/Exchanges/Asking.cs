using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>Who asks what, as it came in: parsed, not judged. The mode is one of <see cref="ExchangeMode.Query"/> and <see cref="ExchangeMode.Batch"/>; lenient takes a part for an answer.</summary>
internal sealed record Asking(Actor Actor, string Dataset, RecordQuery Query, ExchangeMode Mode, bool Lenient)
{
    /// <summary>Member code of the owner.</summary>
    public string Provider { get; } = Dataset[..Dataset.IndexOf('/', StringComparison.Ordinal)];
}
