using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using DataExchange.Adapters.Files.Snapshots;

namespace DataExchange.Adapters.Files.Loading;

/// <summary>Reads a file into a snapshot, or refuses it whole.</summary>
internal static class CsvLoader
{
    private const int LongestRecord = 1 << 20;

    /// <summary>Reads the stream to its end.</summary>
    /// <param name="dataset">What is expected.</param>
    /// <param name="file">Seekable, at its start.</param>
    /// <param name="announcedRows">What the row-count file says, where one is configured.</param>
    /// <exception cref="FileRefusal">It is not whole or not as expected.</exception>
    public static Snapshot Load(FilesDataset dataset, Stream file, long? announcedRows)
    {
        var endsInLineBreak = EndsInLineBreak(file);
        var (encoding, mark) = Start(dataset, file);
        using var sha = SHA256.Create();
        using var hashed = new CryptoStream(file, sha, CryptoStreamMode.Read, leaveOpen: true);
        hashed.ReadExactly(new byte[mark]);
        using var utf8 = encoding == FileEncodings.Utf8 ? hashed : Encoding.CreateTranscodingStream(hashed, encoding, FileEncodings.Utf8, leaveOpen: true);
        using var csv = CsvReader.Create(utf8, Options(dataset), leaveOpen: true);
        CsvRows rows;
        try
        {
            rows = new CsvRows(dataset, csv);
            rows.ReadAll();
        }
        catch (DecoderFallbackException)
        {
            throw FileRefusal.Encoding();
        }
        catch (CsvFormatException exception)
        {
            throw FileRefusal.Quoting(exception.LineNumber);
        }

        // A trailer or a count proves the end; without one, a line break is the least that a whole file ends with.
        if (announcedRows is { } announced ? announced != rows.Count : dataset.Trailer is null && !endsInLineBreak)
        {
            throw announcedRows is null ? FileRefusal.CutOff() : FileRefusal.RowCount();
        }

        return rows.ToSnapshot(sha.Hash!);
    }

    // Nothing is recovered, skipped or detected: what is not exactly as configured refuses the file.
    private static CsvReaderOptions Options(FilesDataset dataset) => new()
    {
        Separator = dataset.Delimiter,
        HasHeader = false,
        SkipEmptyLines = false,
        DetectSeparatorHint = false,
        Encoding = FileEncodings.Utf8,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LongestRecord,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
    };

    private static (Encoding Encoding, int MarkLength) Start(FilesDataset dataset, Stream file)
    {
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start[..2] is [0xFF, 0xFE] or [0xFE, 0xFF])
        {
            // UTF-16, which nobody configured.
            throw FileRefusal.Encoding();
        }

        var (announced, length) = FileEncodings.Announced(start[..read]);
        return (announced ?? dataset.Encoding, length);
    }

    // 0x0A is a line feed in both encodings and never part of another character.
    private static bool EndsInLineBreak(Stream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Position = file.Length - 1;
        var last = file.ReadByte();
        file.Position = 0;
        return last == '\n';
    }
}
