using System.Globalization;
using DataExchange.Cli.Output;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Backup;

/// <summary>What a run was asked for.</summary>
/// <param name="DataFolder">The gateway's, running or not.</param>
/// <param name="Target">Where the copy stands or will stand.</param>
/// <param name="At">The point to copy; null for now.</param>
/// <param name="LogsOnly">Leave out the registers' state and the vault.</param>
/// <param name="WithKeys">Copy key files too.</param>
/// <param name="BytesPerSecond">Most bytes a second.</param>
internal sealed record BackupRequest(string DataFolder, string Target, BackupPoint? At, bool LogsOnly, bool WithKeys, double BytesPerSecond);

/// <summary>
/// Copies a data folder while its gateway appends. Batches never change, so they are copied in short reads, which hold up neither the
/// writer nor the write-ahead log; only what is left at the end is read as of one moment, with both heads and the registers' state.
/// The vault comes after, so that every sealed record has its key in the copy; and only then does the copy get the name under which a
/// gateway starts on it.
/// </summary>
internal sealed class BackupRun(DxConsole console, BackupRequest request)
{
    private const int Full = 13; // SQLITE_FULL

    private static readonly string[] Logs = ["access", "governance"];

    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(request.DataFolder, ExchangeDatabase.FileName);
        if (!File.Exists(file))
        {
            throw FindingException.CannotTell(FindingCode.SourceUnreadable, $"'{request.DataFolder}' is no data folder: it holds no {ExchangeDatabase.FileName}.");
        }

        try
        {
            return await CopyAsync(file, cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Full)
        {
            throw FindingException.CannotTell(FindingCode.TargetUnusable, $"'{request.Target}' cannot grow: the disk is full. Make room; the next run goes on from here.", exception);
        }
        catch (SqliteException exception)
        {
            throw FindingException.CannotTell(FindingCode.SourceUnreadable, $"The copy cannot go on: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException)
        {
            // A column that holds another type than it should, or nothing; a head that is no right edge of a tree.
            throw FindingException.CannotTell(FindingCode.SourceUnreadable, $"The data folder or its copy is damaged: {exception.Message} dx fsck says where.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FindingException.CannotTell(FindingCode.TargetUnusable, $"The copy cannot go on: {exception.Message}", exception);
        }
    }

    private async Task<Report> CopyAsync(string file, CancellationToken cancellationToken)
    {
        using var source = ExchangeDatabase.OpenSource(file);
        if (source.Number("PRAGMA application_id") != ExchangeDatabase.ApplicationId)
        {
            throw FindingException.CannotTell(FindingCode.SourceUnreadable, $"'{file}' is not a file of a data exchange.");
        }

        var (size, time) = Limits(source);
        var folder = new BackupFolder(request.Target);
        if (folder.FindWhole() is { } whole)
        {
            // Before it is touched: it may be the only backup there is.
            using var earlier = ExchangeDatabase.OpenSource(whole);
            ThrowIfOtherSchema(source, earlier, request.LogsOnly);
            ThrowIfBeyond(Logs.Select(log => new LogCopy(log, source, earlier)).ToList()[0], size, time);
        }

        LogCopy[] copies;
        CopyProgress progress;
        using (var copy = ExchangeDatabase.OpenCopy(folder.Reopen()))
        {
            CopySchema(source, copy, request.LogsOnly);
            copies = [.. Logs.Select(log => new LogCopy(log, source, copy))];
            ThrowIfBeyond(copies[0], size, time);
            progress = new CopyProgress(console, TimeProvider.System, request.BytesPerSecond, copies.Sum(log => source.Head(log.Log).Size - log.AtStart));

            foreach (var log in copies)
            {
                for (var before = log.Size; log.Next(EndOf(log, size), time, out var bytes); before = log.Size)
                {
                    await progress.AddAsync(log.Log, log.Size - before, bytes, Math.Max(0, source.Head(log.Log).Size - log.Size), cancellationToken);
                }
            }

            await RetiredCopy.RunAsync(source, copy, progress, cancellationToken);
            TakeSnapshot(source, copy, copies, size, time, progress);
        }

        // A crash before the last of these lines leaves no exchange.db, and the next run goes on.
        var others = new OtherFiles(request, folder).Copy();
        folder.Finish(ExchangeDatabase.FileName);
        var entries = string.Join(" and ", copies.Select(log => string.Create(CultureInfo.InvariantCulture, $"{log.Size - log.AtStart:N0} new of {log.Size:N0} {log.Log} entries")));
        return new Report(
            true,
            FindingCode.Verified,
            string.Create(CultureInfo.InvariantCulture, $"{entries}, {progress.Bytes / 1048576.0:F1} MiB, each hashed on its way; {others}. All of it is on the disk of '{request.Target}'."));
    }

    /// <summary>What the copy may hold of the access log, and the newest commit of both.</summary>
    private (long Size, long Time) Limits(ExchangeDatabase source)
    {
        if (request.At is not { } at)
        {
            return (long.MaxValue, long.MaxValue);
        }

        // Governance is cut by the time of the access log's last batch: its rules at that moment, and none that came later.
        return at.TimeMs is { } time
            ? (long.MaxValue, time)
            : (at.Size!.Value, source.Number("SELECT time FROM access_batch WHERE first_index < @p0 AND first_index + count <= @p0 ORDER BY first_index DESC LIMIT 1", at.Size.Value));
    }

    private static void ThrowIfBeyond(LogCopy access, long size, long time)
    {
        if (access.AtStart > size || time < long.MaxValue && access.AtStart > 0)
        {
            throw FindingException.CannotTell(FindingCode.TargetUnusable, "A copy of a point in time goes into an empty folder: what the target holds may be newer.");
        }
    }

    // What came while the rest was copied, as of one moment, and at no rate: this read must be short.
    private void TakeSnapshot(ExchangeDatabase source, ExchangeDatabase copy, LogCopy[] copies, long size, long time, CopyProgress progress)
    {
        using var snapshot = source.Begin();
        foreach (var log in copies)
        {
            while (log.Next(EndOf(log, size), time, out var bytes))
            {
                progress.Count(bytes);
            }

            if (request.At is null)
            {
                log.CheckHead();
            }
        }

        CopyRows(source, copy, "log_key", "log", "vkey");
        if (RetiredCopy.HasAny(source))
        {
            // A gateway that did not know what was retired would go on in its name.
            CopyRows(source, copy, "log_retired", "log", "generation", "origin", "vkey", "size", "root", "range", "time", "note", "adoption");
        }

        if (request.LogsOnly)
        {
            copy.Execute("DROP TABLE IF EXISTS register_state"); // A gateway that is started on this copy says so, instead of finding no members.
            return;
        }

        if (copies[1].Size != source.Head(Logs[1]).Size)
        {
            throw FindingException.CannotTell(
                FindingCode.StateNotKept,
                $"The rules have changed since: governance had {copies[1].Size} entries then and has {source.Head(Logs[1]).Size} now, and the data folder keeps the registers' state of now only. "
                + "Use --logs-only for a copy to verify and read, or restore a whole backup of that time.");
        }

        CopyRows(source, copy, "register_state", "register", "id", "log_index", "value");
    }

    // Replaces the rows of a small table, where the data folder is new enough to have it.
    private static void CopyRows(ExchangeDatabase source, ExchangeDatabase copy, string table, params string[] columns)
    {
        if (!source.HasTable(table))
        {
            return;
        }

        using var transaction = copy.Begin();
        copy.Execute($"DELETE FROM {table}");
        foreach (var row in source.Rows($"SELECT {string.Join(", ", columns)} FROM {table}"))
        {
            copy.Execute($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})", row);
        }

        transaction.Commit();
    }

    private static long EndOf(LogCopy log, long accessSize) => log.Log == Logs[0] ? accessSize : long.MaxValue;

    /// <summary>Whether the copy holds the tables already; the alternative is that it is empty.</summary>
    private static bool ThrowIfOtherSchema(ExchangeDatabase source, ExchangeDatabase copy, bool logsOnly)
    {
        if (copy.Number("PRAGMA application_id") == ExchangeDatabase.ApplicationId && copy.Number("PRAGMA user_version") == source.Number("PRAGMA user_version"))
        {
            return logsOnly || copy.HasTable("register_state")
                ? true
                : throw FindingException.CannotTell(FindingCode.TargetUnusable, "The target holds a copy of the logs only. Choose another folder, or go on with --logs-only.");
        }

        return copy.Number("SELECT count(*) FROM sqlite_master") > 0
            ? throw FindingException.CannotTell(FindingCode.TargetUnusable, "The target holds a copy of another version of the data folder. Choose an empty folder.")
            : false;
    }

    private static void CopySchema(ExchangeDatabase source, ExchangeDatabase copy, bool logsOnly)
    {
        if (ThrowIfOtherSchema(source, copy, logsOnly))
        {
            return;
        }

        using var transaction = copy.Begin();
        foreach (var row in source.Rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"))
        {
            copy.Execute((string)row[0]);
        }

        copy.Execute($"PRAGMA application_id={ExchangeDatabase.ApplicationId}; PRAGMA user_version={source.Number("PRAGMA user_version")};");
        transaction.Commit();
    }
}
