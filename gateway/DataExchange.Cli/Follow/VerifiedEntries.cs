using System.Runtime.CompilerServices;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Follow;

/// <summary>Reads entries a second time, when the tree over them was verified, and holds them to what was verified.</summary>
internal static class VerifiedEntries
{
    /// <summary>The entries from one on to the end of a tree that was verified. The bytes are valid until the next one is asked for.</summary>
    /// <exception cref="FindingException">The log shows other entries than a moment ago.</exception>
    public static async IAsyncEnumerable<(long Index, ReadOnlyMemory<byte> Entry)> ReadAsync(
        LogResources log, long first, long size, BundleDigests verified, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var buffer = new ReadBuffer();
        var entries = new ReadOnlyMemory<byte>[TileId.FullWidth];
        for (var index = first; index < size;)
        {
            var number = index / TileId.FullWidth;
            var bundle = new TileId(TileId.Entries, number, TileId.WidthAt(TileId.Entries, number, size));
            await Entries.ReadAsync(log, bundle, buffer, entries, cancellationToken);
            if (!verified.Holds(bundle, buffer.Bytes.Span[..Entries.LengthOf(entries, bundle.Width)]))
            {
                throw FindingException.DoesNotVerify(FindingCode.RootMismatch, $"{bundle.ToPath()} is not what it was a moment ago.");
            }

            for (; index < size && index / TileId.FullWidth == number; index++)
            {
                yield return (index, entries[index % TileId.FullWidth]);
            }
        }
    }
}
