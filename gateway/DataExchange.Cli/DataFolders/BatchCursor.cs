using System.Buffers.Binary;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.DataFolders;

/// <summary>Cuts entry bundles out of a log's batch rows, which hold them back to back. The last row stays at hand: the next bundle mostly lies in it. For one thread at a time.</summary>
internal sealed class BatchCursor(string file, string log) : IDisposable
{
    private readonly ReadDatabase _exchange = ReadDatabase.Open(file, isExclusive: false);
    private byte[] _leaves = [];
    private long _first;
    private long _end;

    /// <summary>Reads the entries of a bundle; false when they are not all there.</summary>
    public async ValueTask<bool> ReadAsync(TileId bundle, ReadBuffer into, CancellationToken cancellationToken)
    {
        into.Length = 0;
        var next = bundle.Index * TileId.FullWidth;
        for (var end = next + bundle.Width; next < end;)
        {
            if ((next < _first || next >= _end) && !Load(next))
            {
                return false;
            }

            var until = Math.Min(end, _end);
            var bytes = Slice(next, until);
            if (bytes.IsEmpty)
            {
                return false;
            }

            await into.GrowAsync(into.Length + bytes.Length, cancellationToken);
            bytes.CopyTo(into.Room[into.Length..]);
            into.Length += bytes.Length;
            next = until;
        }

        return true;
    }

    public void Dispose() => _exchange.Dispose();

    private bool Load(long index)
    {
        try
        {
            foreach (var row in _exchange.Rows($"SELECT first_index, count, leaves FROM {log}_batch WHERE first_index <= $1 ORDER BY first_index DESC LIMIT 1", index))
            {
                (_first, _end, _leaves) = (row.GetInt64(0), row.GetInt64(0) + row.GetInt64(1), row.GetFieldValue<byte[]>(2));
            }
        }
        catch (Exception exception) when (exception is SqliteException or InvalidCastException or InvalidOperationException)
        {
            throw ReadDatabase.Unreadable(file, exception);
        }

        return index >= _first && index < _end;
    }

    private ReadOnlyMemory<byte> Slice(long from, long until)
    {
        var start = Offset(from, 0, _first);
        var end = start < 0 ? -1 : Offset(until, start, from);
        return end < 0 ? default : _leaves.AsMemory(start, end - start);
    }

    /// <summary>Where an entry starts, counted on from one whose start is known; -1 when the row ends before.</summary>
    private int Offset(long index, int at, long known)
    {
        for (; known < index; known++)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(_leaves.AsSpan(at), out var length) || (at += sizeof(ushort) + length) > _leaves.Length)
            {
                return -1;
            }
        }

        return at;
    }
}
