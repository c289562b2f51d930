using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Reads entry bundles.</summary>
internal static class Entries
{
    /// <summary>Reads a bundle into memory of its own.</summary>
    /// <inheritdoc cref="ReadAsync(LogResources, TileId, ReadBuffer, ReadOnlyMemory{byte}[], CancellationToken)" path="/exception"/>
    public static async ValueTask<ReadOnlyMemory<byte>[]> ReadAsync(LogResources log, TileId bundle, CancellationToken cancellationToken)
    {
        var entries = new ReadOnlyMemory<byte>[TileId.FullWidth];
        using var buffer = new ReadBuffer();
        await ReadAsync(log, bundle, buffer, entries, cancellationToken);
        return entries[..bundle.Width];
    }

    /// <summary>Reads a bundle; a full one may stand in for a partial one, so that there may be more entries than asked for.</summary>
    /// <exception cref="FindingException">The entries are missing or malformed, or the source cannot be read.</exception>
    public static async ValueTask ReadAsync(
        LogResources log, TileId bundle, ReadBuffer buffer, ReadOnlyMemory<byte>[] entries, CancellationToken cancellationToken)
    {
        var width = await log.TileAsync(bundle, buffer, cancellationToken);
        if (width == 0)
        {
            throw FindingException.DoesNotVerify(FindingCode.EntriesMissing, $"{bundle.ToPath()} is missing.");
        }

        try
        {
            var count = EntryBundle.Split(buffer.Bytes, entries);
            if (count != width)
            {
                throw FindingException.DoesNotVerify(FindingCode.EntriesMalformed, $"{bundle.ToPath()} holds {count} entries instead of {width}.");
            }
        }
        catch (FormatException exception)
        {
            throw FindingException.DoesNotVerify(FindingCode.EntriesMalformed, $"{bundle.ToPath()} is malformed: {exception.Message}");
        }
    }

    /// <summary>Bytes that the first entries of a bundle take.</summary>
    public static int LengthOf(ReadOnlySpan<ReadOnlyMemory<byte>> entries, int count)
    {
        var length = count * sizeof(ushort);
        foreach (var entry in entries[..count])
        {
            length += entry.Length;
        }

        return length;
    }
}
