using System.Globalization;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Follow;

/// <summary>A log that was followed, and held.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">Entries under the newest checkpoint that was verified.</param>
/// <param name="Printed">Entries printed.</param>
internal sealed record FollowReport(string Origin, long Size, long Printed)
    : Report(true, FindingCode.Verified, string.Create(CultureInfo.InvariantCulture, $"{Origin} was followed to {Size:N0} entries; {Printed:N0} were printed."));
