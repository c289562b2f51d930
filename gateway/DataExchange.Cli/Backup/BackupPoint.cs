using System.Globalization;

namespace DataExchange.Cli.Backup;

/// <summary>The moment of a point-in-time copy: a size of the access log, or a time. Batches are whole: the copy ends with the last that fits.</summary>
/// <param name="Size">Most entries of the access log; null where a time is given.</param>
/// <param name="TimeMs">Newest commit, milliseconds since 1970 UTC; null where a size is given.</param>
internal sealed record BackupPoint(long? Size, long? TimeMs)
{
    public static BackupPoint? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return new BackupPoint(size, null);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new BackupPoint(null, time.ToUnixTimeMilliseconds())
            : throw FindingException.CannotTell(
                FindingCode.InputUnreadable, $"--at takes a size of the access log or a time such as 2026-03-01T12:00:00Z, not '{text}'.");
    }
}
