using System.Text;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Files;

/// <summary>Where one dataset is dropped, and what makes its file whole.</summary>
public sealed record FilesDataset
{
    /// <summary>Its fields; <see cref="FieldMap.From"/> names a column heading. An empty cell is null.</summary>
    public required DatasetMap Map { get; init; }

    /// <summary>The file's name in the drop folder.</summary>
    public required string File { get; init; }

    /// <summary>The heading of the column that holds the subject's number. Every row has one, and no two the same.</summary>
    public required string Key { get; init; }

    /// <summary>How the file is encoded, unless it begins with a byte order mark, which then decides.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>What stands between cells; a comma unless told.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>
    /// When set, the last line is this word, a delimiter, and the number of rows (the heading and the trailer not counted). A file cut
    /// off anywhere is then noticed.
    /// </summary>
    public string? Trailer { get; init; }

    /// <summary>When set, the name of a file beside it that holds the number of rows and nothing else. Write it first.</summary>
    public string? RowCountFile { get; init; }
}
