using DataExchange.Storage.Space;
using DataExchange.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace DataExchange.Storage.Logs;

/// <summary><c>exchange.db</c>, opened: the turn that its two writers share, and the checkpoints of its write-ahead log.</summary>
internal sealed class ExchangeFile : IDisposable
{
    public ExchangeFile(string folder, DiskWatermark? watermark, ILogger logger)
    {
        Watermark = watermark;
        File = new SqliteFile(System.IO.Path.Combine(folder, ExchangeSchema.FileName), ExchangeSchema.Schema, ExchangeSchema.Pragmas);
        Checkpointer = new WalCheckpointer(File, Turn, logger);
    }

    public SqliteFile File { get; }

    /// <summary>Watches the room on the volume; not owned.</summary>
    public DiskWatermark? Watermark { get; }

    public WriteTurn Turn { get; } = new();

    public WalCheckpointer Checkpointer { get; }

    public void Dispose()
    {
        Checkpointer.Dispose();
        File.Dispose();
    }
}
