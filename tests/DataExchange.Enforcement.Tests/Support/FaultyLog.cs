using DataExchange.Merkle;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>A log whose appends a test can break, or look in on, one by one.</summary>
internal sealed class FaultyLog(ITransparencyLog inner) : ITransparencyLog
{
    private int _count;

    /// <summary>Called before the n-th append, counted from 1 since it was set; may throw, and may then have let the append through or not.</summary>
    public Func<int, Func<ValueTask<AppendResult>>, ValueTask<AppendResult>>? OnAppend
    {
        get;
        set
        {
            _count = 0;
            field = value;
        }
    }

    public string Origin => inner.Origin;

    public string Name => inner.Name;

    public NoteVerifier Verifier => inner.Verifier;

    public SignedCheckpoint Latest => inner.Latest;

    public SignedCheckpoint Published => inner.Published;

    public SignedCheckpoint Served => inner.Served;

    public IReadOnlyList<WitnessStatus> Witnesses => inner.Witnesses;

    public LogHealth Health => inner.Health;

    /// <summary>Stands for a quorum that does, or does not, come together; null for none that is waited for.</summary>
    public Func<AppendResult, ValueTask<AppendResult>>? OnWitness { get; set; }

    public bool MustBeWitnessed => OnWitness is not null;

    public ValueTask<AppendResult> WitnessedAsync(AppendResult appended, CancellationToken cancellationToken) =>
        OnWitness is { } quorum ? quorum(appended) : inner.WitnessedAsync(appended, cancellationToken);

    public ValueTask<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken) =>
        OnAppend is { } hook
            ? hook(Interlocked.Increment(ref _count), () => inner.AppendAsync(entry, cancellationToken))
            : inner.AppendAsync(entry, cancellationToken);

    public ValueTask WaitPublishedAsync(long size, CancellationToken cancellationToken) => inner.WaitPublishedAsync(size, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId tile, CancellationToken cancellationToken) => inner.ReadTileAsync(tile, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ReadAsync(long first, long count, CancellationToken cancellationToken) => inner.ReadAsync(first, count, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken) => inner.ReadUnkeyedAsync(first, count, cancellationToken);

    public ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    public ValueTask<TlogProof?> ProveAsync(long index, CancellationToken cancellationToken) => inner.ProveAsync(index, cancellationToken);

    public IAsyncEnumerable<TlogProof> ProveAsync(IReadOnlyList<long> indexes, CancellationToken cancellationToken) => inner.ProveAsync(indexes, cancellationToken);

    public ValueTask<CoseReceipt?> ProveInCoseAsync(long index, CancellationToken cancellationToken) => inner.ProveInCoseAsync(index, cancellationToken);

    /// <summary>Puts one of these around the access log.</summary>
    public static void Install(IServiceCollection services) => Install(services, ofGovernance: false);

    /// <summary>Puts one of these around the access log or the governance log.</summary>
    public static void Install(IServiceCollection services, bool ofGovernance)
    {
        var logs = services.Last(service => service.ServiceType == typeof(RegionLogs));
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var real = (RegionLogs)logs.ImplementationFactory!(provider);
            return ofGovernance ? real with { Governance = new FaultyLog(real.Governance) } : real with { Access = new FaultyLog(real.Access) };
        }));
    }

    public static FaultyLog Of(TestGateway gateway) => (FaultyLog)gateway.Logs.Access;
}
