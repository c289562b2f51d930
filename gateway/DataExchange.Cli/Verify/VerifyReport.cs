using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>A log that verified.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under the checkpoint; each of them was read.</param>
/// <param name="Root">The root, signed by the log and recomputed from the entries; base64.</param>
/// <param name="HashTiles">Tiles compared byte for byte.</param>
/// <param name="RememberedSize">Size of the checkpoint remembered from the last time, which this log extends; null the first time.</param>
internal sealed record VerifyReport(string Origin, long Size, string Root, long HashTiles, long? RememberedSize)
    : Report(true, FindingCode.Verified, $"{Origin} is what its checkpoint says.")
{
    public VerifyReport(Checkpoint checkpoint, long hashTiles, Checkpoint? remembered)
        : this(checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), hashTiles, remembered?.Size)
    {
    }

    public override IEnumerable<(string Name, string Value)> Facts =>
    [
        ("entries", Number(Size)),
        ("root", Root),
        ("hash tiles", Number(HashTiles)),
        ("history", RememberedSize is { } old
            ? $"extends the checkpoint of {Number(old)} entries seen before"
            : "seen for the first time; remembered for the next"),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
