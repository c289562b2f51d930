using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Files.Snapshots;

namespace DataExchange.Adapters.Files.Loading;

/// <summary>The rows of one file being read: heading, rows, trailer. Only the key and the mapped columns are kept.</summary>
internal sealed class CsvRows
{
    private readonly FilesDataset _dataset;
    private readonly CsvReader _csv;
    private readonly RowStore _rows = new();
    private readonly KeyIndex _index;
    private readonly ArrayBufferWriter<byte> _packed = new();
    private readonly int _width;
    private readonly int _key;
    private readonly (FieldMap Field, int Column)[] _kept;

    public CsvRows(FilesDataset dataset, CsvReader csv)
    {
        (_dataset, _csv, _index) = (dataset, csv, new KeyIndex(_rows));
        var header = Next() ? csv.Current.ToArray() : [];
        _width = header.Length;
        _key = Column(header, dataset.Key);
        _kept = [.. dataset.Map.Fields.Select(field => (field, Column(header, field.From)))];
    }

    /// <summary>Rows of data.</summary>
    public int Count => _rows.Count;

    public void ReadAll()
    {
        while (Next())
        {
            if (_dataset.Trailer is { } trailer && _csv.GetString(0) == trailer)
            {
                ReadTrailer();
                return;
            }

            ReadRow(_csv.LineNumber);
        }

        if (_dataset.Trailer is not null)
        {
            throw FileRefusal.NoTrailer();
        }
    }

    public Snapshot ToSnapshot(byte[] digest)
    {
        var columns = _kept.Select((kept, i) => (kept.Field.Name, Column: i + 1)).ToDictionary(pair => pair.Name, pair => pair.Column, StringComparer.Ordinal);
        return new Snapshot(_rows, _index, columns, digest);
    }

    private bool Next()
    {
        if (!_csv.Read())
        {
            return false;
        }

        // The reader takes bytes as they come; every row is checked, the columns that are not kept too.
        if (!Utf8.IsValid(_csv.RawRecord))
        {
            throw FileRefusal.Encoding();
        }

        return true;
    }

    private void ReadRow(long line)
    {
        if (_csv.FieldCount != _width)
        {
            throw FileRefusal.Columns(line);
        }

        if (_csv.RawRecord.Contains((byte)0))
        {
            throw FileRefusal.Nul(line);
        }

        var key = _csv.GetSpan(_key);
        if (key.IsEmpty)
        {
            throw FileRefusal.NoKey(line);
        }

        _packed.ResetWrittenCount();
        RowStore.Pack(_packed, key);
        foreach (var (field, column) in _kept)
        {
            Check(field, column, line);
            RowStore.Pack(_packed, _csv.GetSpan(column));
        }

        if (!_index.TryAdd(_rows.Add(_packed.WrittenSpan)))
        {
            throw FileRefusal.Duplicate(line);
        }
    }

    // Any text is a text; what has a form is converted once now, so that no question meets a cell that cannot be.
    private void Check(FieldMap field, int column, long line)
    {
        if (field.Type != FieldType.Text && !_csv.IsEmpty(column) && !FieldConversion.TryFromText(field, _csv.GetString(column), out _))
        {
            throw FileRefusal.Value(field.Name, line);
        }
    }

    private void ReadTrailer()
    {
        var announced = _csv.FieldCount == 2 && long.TryParse(_csv.GetSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;
        if (announced != _rows.Count || _csv.Read())
        {
            throw FileRefusal.RowCount();
        }
    }

    private static int Column(string[] header, string heading)
    {
        var column = Array.IndexOf(header, heading);
        return column >= 0 && Array.LastIndexOf(header, heading) == column ? column : throw FileRefusal.Header(heading);
    }
}
