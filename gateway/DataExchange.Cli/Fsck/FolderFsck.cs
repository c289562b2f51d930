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
        using var tiles = DatabaseFile.Tiles.Open(folder, isExclusive, _findings, mayLack: Remedy.RebuiltByStart);
        using var exchange = DatabaseFile.Exchange.Open(folder, isExclusive, _findings);
        var isLogsOnly = exchange is not null && HasNoState(exchange);
        using var vault = DatabaseFile.Vault.Open(folder, isExclusive, _findings, isLogsOnly ? Remedy.LogsOnly : null);
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

        string? vaultKeyId = null;
        if (vault is not null)
        {
            DatabaseFile.Vault.Guard(_findings, () => vaultKeyId = vault.Rows(VaultKey.IdQuery).Select(row => row.GetString(0)).FirstOrDefault());
        }

        keys.CheckVault(vaultKeyId);
        if (isLogsOnly)
        {
            _findings.Warning(FsckCode.FileMissing, "exchange.db register_state", null, "The registers' state is missing.", Remedy.LogsOnly);
        }
        else if (exchange is not null)
        {
            CheckState(exchange);
        }

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

    private bool HasNoState(ReadDatabase exchange)
    {
        var hasNone = false;
        DatabaseFile.Exchange.Guard(_findings, () => hasNone = exchange.Long("SELECT count(*) FROM sqlite_schema WHERE name = 'register_state'") == 0);
        return hasNone;
    }

    private void CheckState(ReadDatabase exchange)
    {
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
