using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Contracts.Log;

namespace DataExchange.Cli.Follow;

/// <summary>Writes verified entries, a line each.</summary>
internal sealed class EntryPrinter(TextWriter writer, bool json)
{
    private const int ShownTagBytes = 8;

    /// <summary>Lines written.</summary>
    public long Printed { get; private set; }

    /// <summary>Prints the entries from one on to the end of a tree that was verified.</summary>
    /// <exception cref="FindingException">The log shows other entries than a moment ago.</exception>
    public async Task PrintAsync(LogResources log, long first, long size, BundleDigests verified, CancellationToken cancellationToken)
    {
        await foreach (var (index, entry) in VerifiedEntries.ReadAsync(log, first, size, verified, cancellationToken))
        {
            await writer.WriteLineAsync(Line(index, entry));
            Printed++;
        }

        await writer.FlushAsync(cancellationToken);
    }

    private string Line(long index, ReadOnlyMemory<byte> entry)
    {
        var isLeaf = Leaf.TryDecode(entry, out var leaf);
        if (json)
        {
            var line = isLeaf ? new EntryLine(index, leaf.TimeMs, leaf.Kind, Convert.ToHexStringLower(leaf.Tag.Span)) : new EntryLine(index, null, null, null);
            return JsonSerializer.Serialize(line, CliJsonContext.Lines.EntryLine);
        }

        return isLeaf
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{index,10}  {DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs):yyyy-MM-dd HH:mm:ss.fff}Z  {leaf.Kind,-22}  {Tag(leaf)}")
            : string.Create(CultureInfo.InvariantCulture, $"{index,10}  {entry.Length} bytes that are no leaf of the log format");
    }

    private static string Tag(Leaf leaf) => leaf.IsOpen ? "open" : Convert.ToHexStringLower(leaf.Tag.Span[..ShownTagBytes]);
}

/// <summary>An entry as a line of JSON.</summary>
/// <param name="Index">Where it stands.</param>
/// <param name="TimeMs">Log time: milliseconds since the Unix epoch; null when the entry is no leaf of the log format.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Tag">Its tag in hexadecimal; empty in an open leaf.</param>
internal sealed record EntryLine(long Index, long? TimeMs, string? Kind, string? Tag);
