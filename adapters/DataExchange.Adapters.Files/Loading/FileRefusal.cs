namespace DataExchange.Adapters.Files.Loading;

/// <summary>
/// A file is refused whole. The code is stable (logs, readiness and the metric carry it); the line says where; nothing says what stood in
/// the cell, which is personal data.
/// </summary>
internal sealed class FileRefusal(string code, string detail, long line = 0)
    : Exception(line > 0 ? $"{detail} (line {line})" : detail)
{
    public string Code { get; } = code;

    public static FileRefusal Missing() => new("missing", "There is no such file.");

    public static FileRefusal Unreadable(Exception cause) => new("unreadable", $"The file cannot be read: {cause.GetType().Name}.");

    /// <summary>A defect of the loader's: nobody foresaw such a file.</summary>
    public static FileRefusal Defect(Exception cause) => new("defect", $"Reading the file failed in a way nobody foresaw: {cause.GetType().Name}.");

    public static FileRefusal TooLarge() => new("too-large", "The file is larger than Adapter:Files:MaxFileMegabytes.");

    public static FileRefusal Changed() => new("changed", "The file changed while it was being read.");

    public static FileRefusal Encoding() => new("encoding", "The file holds bytes that its encoding does not know.");

    public static FileRefusal Header(string heading) => new("header", $"Exactly one column has to be headed '{heading}'.", 1);

    public static FileRefusal Columns(long line) => new("columns", "The row has another number of cells than the heading.", line);

    public static FileRefusal Quoting(long line) => new("quoting", "A quote is in the wrong place.", line);

    public static FileRefusal Nul(long line) => new("nul", "The row holds a NUL: space that was set aside and not written yet.", line);

    public static FileRefusal NoKey(long line) => new("no-key", "The row has no subject number.", line);

    public static FileRefusal Duplicate(long line) => new("duplicate", "The subject number stands in an earlier row too.", line);

    public static FileRefusal Value(string field, long line) => new("value", $"The cell of field {field} does not hold what the mapping says.", line);

    public static FileRefusal CutOff() => new("cut-off", "The file does not end with a line break, so its last row may be cut off.");

    public static FileRefusal NoTrailer() => new("no-trailer", "The last line is not the trailer.");

    public static FileRefusal RowCount() => new("row-count", "The number of rows is not the number announced.");
}
