using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>Who witnesses the region's logs, as its members have agreed. Immutable.</summary>
/// <param name="Policy">The witnesses and the quorum.</param>
/// <param name="Mode">What a release waits for.</param>
/// <param name="Addresses">
/// Submission prefix of each witness that can be reached, by its name in the policy; what the operator has configured, or else the
/// policy's own URL. Where a witness is reached is the operator's business: who it is says its key.
/// </param>
public sealed record WitnessSetup(TlogPolicy Policy, WitnessMode Mode, IReadOnlyDictionary<string, Uri> Addresses)
{
    /// <summary>Nobody witnesses, and nothing waits for it.</summary>
    public static WitnessSetup None { get; } = new(TlogPolicy.None, WitnessMode.Async, new Dictionary<string, Uri>());

    /// <summary>Whether a release has to wait for a quorum.</summary>
    public bool MustWait => Mode == WitnessMode.Required && Policy.Quorum is not null;
}
