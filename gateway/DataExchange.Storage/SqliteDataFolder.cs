using DataExchange.Storage.Logs;
using DataExchange.Storage.Space;
using DataExchange.Storage.Subjects;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Extensions.Logging;

namespace DataExchange.Storage;

/// <summary>A data folder, held by this process alone until disposed.</summary>
public sealed class SqliteDataFolder : ILogStorage, IDisposable
{
    private readonly FolderLock _lock;
    private bool _disposed;

    /// <param name="path">The folder.</param>
    /// <param name="logger">Is told what is opened.</param>
    /// <param name="watermark">Makes what watches the room on the folder's volume, once the folder is there; null to append until it is full.</param>
    /// <exception cref="StorageException">The folder or a file in it cannot be used, or another process holds it.</exception>
    public SqliteDataFolder(string path, ILogger<SqliteDataFolder> logger, Func<string, DiskWatermark>? watermark = null)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new StorageException("DataFolder is empty: name the folder that holds the data.");
        }

        Path = System.IO.Path.GetFullPath(path);
        _lock = new FolderLock(Path);
        try
        {
            Watermark = watermark?.Invoke(Path);
            Watermark?.Measure();
            Exchange = new ExchangeFile(Path, Watermark, logger);
            Tiles = new TilesFile(Path);
            Vault = new VaultFile(Path);
        }
        catch
        {
            Dispose();
            throw;
        }

        StorageLog.Opened(logger, Path);
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    internal DiskWatermark? Watermark { get; }

    internal ExchangeFile Exchange { get; } = null!;

    internal TilesFile Tiles { get; } = null!;

    internal VaultFile Vault { get; } = null!;

    public ILogStore OpenLog(string name) => new SqliteLogStore(name, Exchange);

    public ITileStore OpenTiles(string name) => new SqliteTileStore(name, Tiles);

    public IAdoptionStore Adoptions => new SqliteAdoptionStore(Path, Exchange, Tiles);

    public void Dispose()
    {
        if (_disposed)
        {
            return; // A container that knows it under two types asks twice.
        }

        _disposed = true;
        Exchange?.Dispose();
        Tiles?.Dispose();
        Vault?.Dispose();
        Watermark?.Dispose();
        _lock.Dispose();
    }
}
