using System.Globalization;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Fsck;

/// <summary>One check of a data folder.</summary>
/// <param name="console">Where progress is shown.</param>
/// <param name="folder">The data folder.</param>
/// <param name="keyFolder">The folder of the keys.</param>
/// <param name="isDeep">Whether every page is checked too.</param>
internal sealed class FolderFsck(DxConsole console, string folder, string keyFolder, bool isDeep)
{
    private readonly Findings _findings = new();

    /// <param name="isExclusive">Whether nobody else works in the folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public FsckReport Run(bool isExclusive, CancellationToken cancellationToken)
    {
        // What is derived first: taken at a moment while the gateway runs, it then lags behind the truth and never leads it.
        using var tiles = DatabaseFile.Tiles.Open(folder, isExclusive, _findings);
        using var exchange = DatabaseFile.Exchange.Open(folder, isExclusive, _findings);
        using var vault = DatabaseFile.Vault.Open(folder, isExclusive, _findings);
        var keys = new KeyCheck(keyFolder, _findings);
        var sizes = new Dictionary<string, long>();
        foreach (var log in LogName.All)
        {
            StoredTiles? stored = null;
            string? kept = null;
            var keyFile = $"{log}.key";
            if (tiles is not null)
            {
                DatabaseFile.Tiles.Guard(_findings, () => stored = StoredTiles.Read(tiles, log));
            }

            if (exchange is not null)
            {
                DatabaseFile.Exchange.Guard(_findings, () => (kept, keyFile) = (SigningKey.Read(exchange, log), $"{RetiredLog.LabelOf(log, RetiredLog.Current(exchange, log))}.key"));
            }

            keys.CheckLog(log, keyFile, kept, stored);
            if (exchange is not null)
            {
                using var progress = new ProgressBar(console, $"entries of {log}");
                DatabaseFile.Exchange.Guard(
                    _findings, () => sizes[log] = new LogFsck(log, StoredHead.Read(exchange, log), exchange, stored, _findings).Run(progress, cancellationToken));
            }
        }

        CheckRetired(exchange, sizes, cancellationToken);

        keys.CheckVault();
        CheckState(exchange);
        foreach (var (file, database) in new[] { (DatabaseFile.Exchange, exchange), (DatabaseFile.Tiles, tiles), (DatabaseFile.Vault, vault) })
        {
            if (isDeep && database is not null)
            {
                file.CheckPages(database, _findings);
            }
        }

        return new FsckReport(folder, sizes, _findings.ToList());
    }

    private void CheckRetired(ReadDatabase? exchange, Dictionary<string, long> sizes, CancellationToken cancellationToken)
    {
        if (exchange is null)
        {
            return;
        }

        DatabaseFile.Exchange.Guard(_findings, () =>
        {
            foreach (var retired in RetiredLog.ReadAll(exchange))
            {
                using var progress = new ProgressBar(console, $"entries of {retired.Name}");
                sizes[retired.Name] = new LogFsck(retired.Table, StoredHead.OfRetired(exchange, retired), exchange, null, _findings).Run(progress, cancellationToken);
            }
        });
    }

    private void CheckState(ReadDatabase? exchange)
    {
        if (exchange is null)
        {
            return;
        }

        DatabaseFile.Exchange.Guard(_findings, () =>
        {
            var size = StoredHead.Read(exchange, LogName.Governance)?.Size ?? 0;
            foreach (var row in exchange.Rows("SELECT register, id, log_index FROM register_state WHERE log_index < 0 OR log_index >= $1", size))
            {
                _findings.Error(
                    FsckCode.StateAhead, "exchange.db register_state", $"{row.GetString(0)} {row.GetString(1)}",
                    string.Create(CultureInfo.InvariantCulture, $"The row was written by entry {row.GetInt64(2)}, and the governance log has {size}."), Remedy.Restore);
            }
        });
    }
}
