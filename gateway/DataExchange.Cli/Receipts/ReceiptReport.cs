using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Contracts.Log;

namespace DataExchange.Cli.Receipts;

/// <summary>A receipt that verified, and what it proves.</summary>
/// <param name="Log">Origin of the log.</param>
/// <param name="Index">Where the entry stands.</param>
/// <param name="Size">Entries under the checkpoint that the proof holds at.</param>
/// <param name="Kind">Kind of the entry.</param>
/// <param name="TimeMs">Log time of the entry: milliseconds since the Unix epoch.</param>
/// <param name="Record">Whether the record behind the entry is known.</param>
internal sealed record ReceiptReport(string Log, long Index, long Size, string Kind, long TimeMs, RecordKnowledge Record)
    : Report(true, FindingCode.Verified, $"the entry stands in {Log}.")
{
    public ReceiptReport(string log, long index, long size, Leaf leaf, RecordKnowledge record)
        : this(log, index, size, leaf.Kind, leaf.TimeMs, record)
    {
    }

    /// <summary>The witness or group of the policy that cosigned the checkpoint; null when no policy was given.</summary>
    public string? Quorum { get; init; }

    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("kind", Kind),
        ("time", TimeText),
        ("index", Index.ToString(CultureInfo.InvariantCulture)),
        ("checkpoint", $"{Log}, {Size.ToString("N0", CultureInfo.InvariantCulture)} entries{(Quorum is null ? "" : $", cosigned by the quorum '{Quorum}'")}"),
        ("record", Record switch
        {
            RecordKnowledge.Open => "stands in the entry itself",
            RecordKnowledge.Released => "the one released here is the one whose release was logged",
            RecordKnowledge.Opened => "the one shown is the one the entry commits to",
            _ => "sealed; the receipt does not show it",
        }),
    ];

    // No leaf's time lies outside the calendar.
    private string TimeText => DateTimeOffset.FromUnixTimeMilliseconds(TimeMs).ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);
}
