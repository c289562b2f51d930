using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>A log that verified.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under the checkpoint.</param>
/// <param name="Root">The root, signed by the log and recomputed from the entries; base64.</param>
/// <param name="HashTiles">Tiles compared byte for byte.</param>
/// <param name="EntriesRead">Entries read by this run: all of them, unless it was incremental or resumed.</param>
/// <param name="RememberedSize">Size of the checkpoint remembered from the last time, which this log extends; null the first time.</param>
internal sealed record VerifyReport(string Origin, long Size, string Root, long HashTiles, long EntriesRead, long? RememberedSize)
    : Report(true, FindingCode.Verified, $"{Origin} is what its checkpoint says.")
{
    public VerifyReport(Checkpoint checkpoint, LogRebuild rebuild, Checkpoint? remembered)
        : this(checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), rebuild.HashTiles, rebuild.EntriesRead, remembered?.Size)
    {
    }

    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("entries", EntriesRead == Size ? Number(Size) : $"{Number(Size)}, of which {Number(EntriesRead)} were read now and the others by an earlier run"),
        ("root", Root),
        ("hash tiles", Number(HashTiles)),
        ("history", RememberedSize is { } old
            ? $"extends the checkpoint of {Number(old)} entries seen before"
            : "seen for the first time; remembered for the next"),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
