using System.Globalization;
using System.Text;

namespace DataExchange.DemoRegion.Stores;

/// <summary>A CSV file (RFC 4180) as a department drops it into a folder.</summary>
internal static class CsvDrop
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>GB 18030, with an exception for what it cannot hold.</summary>
    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Writes a heading, the rows and, where the department has one, a last line with a word and the number of rows.</summary>
    public static void Write(string path, Encoding encoding, Table table, string? trailer = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path, append: false, encoding) { NewLine = "\r\n" };
        writer.WriteLine(Line(table.Columns));
        var count = 0;
        foreach (var row in table.Rows)
        {
            writer.WriteLine(Line(row));
            count++;
        }

        if (trailer is not null)
        {
            writer.WriteLine(Line([trailer, count]));
        }
    }

    private static string Line(IEnumerable<object?> values) =>
        string.Join(',', values.Select(value => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")));

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
