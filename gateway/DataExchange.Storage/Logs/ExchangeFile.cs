using DataExchange.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace DataExchange.Storage.Logs;

/// <summary><c>exchange.db</c>, opened: the turn that its two writers share, and the checkpoints of its write-ahead log.</summary>
internal sealed class ExchangeFile : IDisposable
{
    public ExchangeFile(string folder, ILogger logger)
    {
        File = new SqliteFile(System.IO.Path.Combine(folder, ExchangeSchema.FileName), ExchangeSchema.Schema, ExchangeSchema.Pragmas);
        Checkpointer = new WalCheckpointer(File, Turn, logger);
    }

    public SqliteFile File { get; }

    public WriteTurn Turn { get; } = new();

    public WalCheckpointer Checkpointer { get; }

    public void Dispose()
    {
        Checkpointer.Dispose();
        File.Dispose();
    }
}
