using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Witnesses;

/// <summary>How a log's newest checkpoint stands with its witnesses.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under its checkpoint.</param>
/// <param name="Quorum">The witness or group that has to have cosigned; null for none.</param>
/// <param name="QuorumMet">Whether it has.</param>
/// <param name="Witnesses">Every witness of the policy.</param>
internal sealed record WitnessReport(string Origin, long Size, string? Quorum, bool QuorumMet, IReadOnlyList<WitnessState> Witnesses) : Report(
    QuorumMet && !Witnesses.Any(IsContradicted),
    Witnesses.FirstOrDefault(IsContradicted)?.Contradiction ?? (QuorumMet ? FindingCode.Verified : FindingCode.QuorumNotMet),
    Say(Origin, Quorum, QuorumMet, Witnesses))
{
    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("entries", Size.ToString("N0", CultureInfo.InvariantCulture)),
        ("quorum", Quorum is null ? "none is asked for" : $"{Quorum}: {(QuorumMet ? "met" : "NOT MET")}"),
        .. Witnesses.Select(witness => (witness.Name, witness.ToText())),
    ];

    private static bool IsContradicted(WitnessState witness) => witness.Contradiction is not null;

    private static string Say(string origin, string? quorum, bool isQuorum, IReadOnlyList<WitnessState> witnesses) =>
        witnesses.FirstOrDefault(IsContradicted) is { } witness ? $"{witness.Name} has seen another log: {witness.Problem}"
        : isQuorum ? $"the newest checkpoint of {origin} bears the cosignatures that the policy asks for."
        : $"the newest checkpoint of {origin} lacks the quorum '{quorum}'.";
}

/// <summary>How one witness stands to the checkpoint.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="CosignedAt">When it cosigned, in seconds since the Unix epoch; null when it did not.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
internal sealed record WitnessState(string Name, long? CosignedAt, long? AgeSeconds)
{
    /// <summary>Entries of the newest checkpoint that it shows itself; null when it was not asked or did not answer.</summary>
    public long? Seen { get; init; }

    /// <summary><see cref="FindingCode.Fork"/> or <see cref="FindingCode.Rollback"/> when what it has seen contradicts the log.</summary>
    public string? Contradiction { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public string? Problem { get; init; }

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(AgeSeconds is { } age ? $"cosigned {age:N0} s ago" : "NOT cosigned")}{(Seen is { } seen ? $"; has seen {seen:N0} entries" : "")}{(Problem is null ? "" : $"; {Problem}")}");
}
