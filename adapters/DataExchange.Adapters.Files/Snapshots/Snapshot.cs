using System.Text;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Files.Snapshots;

/// <summary>One whole file as it was read: immutable, so questions read it without a lock while the next one is being built.</summary>
internal sealed class Snapshot
{
    private readonly RowStore _rows;
    private readonly KeyIndex _index;
    private readonly Dictionary<string, int> _columns;

    internal Snapshot(RowStore rows, KeyIndex index, Dictionary<string, int> columns, byte[] digest)
    {
        (_rows, _index, _columns, Digest) = (rows, index, columns, digest);
    }

    public int Rows => _rows.Count;

    /// <summary>SHA-256 of the file.</summary>
    public byte[] Digest { get; }

    /// <summary>The row of a subject, or −1.</summary>
    public int Find(string subject) => _index.Find(Encoding.UTF8.GetBytes(subject));

    /// <summary>A field of a row. Every value was converted once when the file was read, so it converts.</summary>
    public FieldValue Value(int row, FieldMap field)
    {
        var cell = _rows.Cell(row, _columns[field.Name]);
        return cell.IsEmpty ? FieldValue.Null
            : FieldConversion.TryFromText(field, Encoding.UTF8.GetString(cell), out var value) ? value
            : throw new InvalidOperationException($"A value of field {field.Name} was accepted at loading and is not now.");
    }
}
