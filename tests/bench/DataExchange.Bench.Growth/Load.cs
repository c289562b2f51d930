using System.Buffers.Binary;
using System.Security.Cryptography;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Bench.Growth;

/// <summary>The entries of the benchmark, and writers that append them.</summary>
internal static class Load
{
    public const int LeafBytes = 80;
    public const int SealedBytes = 600;
    private const int People = 1_000_000;

    private static readonly byte[] Sealed = RandomNumberGenerator.GetBytes(SealedBytes);

    /// <summary>The search key of the entry that was appended as the n-th: a person's, of a million.</summary>
    public static byte[] KeyOf(long n)
    {
        Span<byte> person = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(person, (n * 2_654_435_761L & long.MaxValue) % People);
        return SHA256.HashData(person);
    }

    public static Task<LogRegion> OpenAsync(SqliteDataFolder data) => LogRegion.OpenAsync(
        data, new TransparencyLogOptions { Region = "bench.example", KeyFolder = data.Path }, null, TimeProvider.System, NullLogger<LogRegion>.Instance, null, CancellationToken.None);

    public static SqliteDataFolder Folder(string path) => new(path, NullLogger<SqliteDataFolder>.Instance);

    /// <summary>Closed-loop writers append until the log has this size.</summary>
    public static Task GrowAsync(ITransparencyLog log, long size, int writers)
    {
        var next = log.Latest.Size;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n <= size)
            {
                var leaf = new byte[LeafBytes];
                BinaryPrimitives.WriteInt64BigEndian(leaf, n);
                await log.AppendAsync(new LogEntry { Leaf = leaf, Sealed = Sealed, Key = KeyOf(n) }, CancellationToken.None);
            }
        })));
    }
}
