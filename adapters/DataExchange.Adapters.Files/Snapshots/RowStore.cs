using System.Buffers;
using System.Buffers.Binary;

namespace DataExchange.Adapters.Files.Snapshots;

/// <summary>
/// Rows of text cells packed into a few large byte arrays: each cell its length in four bytes and its UTF-8. Ten million short rows cost
/// their text, four bytes a cell and eight a row, and the collector sees a handful of objects. Built once, then only read.
/// </summary>
internal sealed class RowStore
{
    private const int BlockSize = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<long> _rows = [];
    private int _used = BlockSize;

    public int Count => _rows.Count;

    /// <summary>Puts one more cell behind the others of a row that is being packed.</summary>
    public static void Pack(ArrayBufferWriter<byte> row, ReadOnlySpan<byte> cell)
    {
        BinaryPrimitives.WriteInt32LittleEndian(row.GetSpan(sizeof(int)), cell.Length);
        row.Advance(sizeof(int));
        row.Write(cell);
    }

    /// <summary>Appends a packed row and tells its number.</summary>
    public int Add(ReadOnlySpan<byte> row)
    {
        if (_used + row.Length > BlockSize)
        {
            // A row longer than a block gets a block of its own.
            _blocks.Add(new byte[Math.Max(row.Length, BlockSize)]);
            _used = 0;
        }

        _rows.Add(((long)(_blocks.Count - 1) << 32) | (uint)_used);
        row.CopyTo(_blocks[^1].AsSpan(_used));
        _used += row.Length;
        return _rows.Count - 1;
    }

    /// <summary>The UTF-8 of one cell.</summary>
    public ReadOnlySpan<byte> Cell(int row, int column)
    {
        var at = _rows[row];
        var rest = _blocks[(int)(at >> 32)].AsSpan((int)(at & uint.MaxValue));
        for (; column > 0; column--)
        {
            rest = rest[(sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(rest))..];
        }

        return rest.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(rest));
    }
}
