using DataExchange.Policy.Decisions;
using DataExchange.Policy.Explanations;

namespace DataExchange.Enforcement.Replay;

/// <summary>A decision from the access log, beside the same request decided again.</summary>
/// <param name="Index">Index of the entry in the access log.</param>
/// <param name="Kind">Kind of its leaf.</param>
/// <param name="Governance">Size of the governance log that it was decided under.</param>
/// <param name="TimeMs">When it was decided, milliseconds since the Unix epoch.</param>
/// <param name="Recorded">The decision as it was logged: canonical JSON.</param>
/// <param name="Replayed">The decision as the same rules make it now: canonical JSON.</param>
/// <param name="Trace">What the gates found on the way to it.</param>
/// <param name="Origins">What made the rules.</param>
public sealed record ReplayedDecision(
    long Index, string Kind, long Governance, long TimeMs, ReadOnlyMemory<byte> Recorded, ReadOnlyMemory<byte> Replayed, DecisionTrace Trace, RuleOrigins Origins)
{
    /// <summary>P-REPLAY holds: the same decision for the same reasons.</summary>
    public bool Matches => Recorded.Span.SequenceEqual(Replayed.Span);
}
