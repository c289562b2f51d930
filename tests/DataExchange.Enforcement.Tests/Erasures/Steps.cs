using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Subjects;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Erasures;

/// <summary>
/// Counts the calls that leave something durable behind, over vault, key and log, and ends the process, as far as it can be told from
/// what is on the disk, before or after one of them: that call fails, and so does each after it.
/// </summary>
internal sealed class Steps(int last, bool isLastDone)
{
    public int Taken { get; private set; }

    public static void Install(IServiceCollection services, Steps steps)
    {
        Decorate<IMasterKey>(services, inner => new Keys(inner, steps));
        Decorate<ISubjectStore>(services, inner => new Store(inner, steps));
        Decorate<RegionLogs>(services, inner =>
        {
            ((FaultyLog)inner.Governance).OnAppend = (_, append) => steps.TakeAsync(append);
            return inner;
        });
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => decorate(
            (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }

    private async ValueTask<T> TakeAsync<T>(Func<ValueTask<T>> step)
    {
        if (++Taken > last)
        {
            throw new IOException("The process has ended.");
        }

        if (Taken < last || isLastDone)
        {
            var done = await step();
            if (Taken < last)
            {
                return done;
            }
        }

        throw new IOException("The process ends here.");
    }

    private async ValueTask TakeAsync(Func<ValueTask> step) => await TakeAsync(async () =>
    {
        await step();
        return true;
    });

    private sealed class Keys(IMasterKey inner, Steps steps) : IMasterKey
    {
        public ValueTask<MasterKey?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public ValueTask<MasterKey> GetOrCreateAsync(CancellationToken cancellationToken) => inner.GetOrCreateAsync(cancellationToken);

        public ValueTask<MasterKey> CreateNextAsync(CancellationToken cancellationToken) => steps.TakeAsync(() => inner.CreateNextAsync(cancellationToken));

        public ValueTask<bool> IsChangingAsync(CancellationToken cancellationToken) => inner.IsChangingAsync(cancellationToken);

        public ValueTask<bool> KeepOnlyAsync(string id, CancellationToken cancellationToken) => steps.Taken == 0
            ? inner.KeepOnlyAsync(id, cancellationToken) // the opening at the start
            : steps.TakeAsync(() => inner.KeepOnlyAsync(id, cancellationToken));
    }

    private sealed class Store(ISubjectStore inner, Steps steps) : ISubjectStore, IAsyncDisposable
    {
        public ValueTask<VaultHeader?> FindHeaderAsync(CancellationToken cancellationToken) => inner.FindHeaderAsync(cancellationToken);

        public ValueTask<VaultHeader> GetOrAddHeaderAsync(VaultHeader header, CancellationToken cancellationToken) => inner.GetOrAddHeaderAsync(header, cancellationToken);

        public ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken) => inner.FindAsync(lookup, cancellationToken);

        public ValueTask<StoredSubject?> FindByHandleAsync(ReadOnlyMemory<byte> handle, CancellationToken cancellationToken) => inner.FindByHandleAsync(handle, cancellationToken);

        public ValueTask<IReadOnlyList<StoredSubject>> ReadAsync(ReadOnlyMemory<byte> afterLookup, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(afterLookup, count, cancellationToken);

        public ValueTask<StoredSubject?> GetOrAddAsync(StoredSubject subject, string keyId, CancellationToken cancellationToken) =>
            inner.GetOrAddAsync(subject, keyId, cancellationToken);

        public ValueTask AddErasureAsync(OrderedErasure erasure, CancellationToken cancellationToken) =>
            steps.TakeAsync(() => inner.AddErasureAsync(erasure, cancellationToken));

        public ValueTask<IReadOnlyList<OrderedErasure>> ErasuresAsync(CancellationToken cancellationToken) => inner.ErasuresAsync(cancellationToken);

        public ValueTask MakeDurableAsync(CancellationToken cancellationToken) => inner.MakeDurableAsync(cancellationToken);

        public ValueTask RotateAsync(VaultHeader next, Func<StoredSubject, StoredSubject> rewrap, IReadOnlyCollection<string> erasures, CancellationToken cancellationToken) =>
            steps.TakeAsync(() => inner.RotateAsync(next, rewrap, erasures, cancellationToken));

        public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();
    }
}
