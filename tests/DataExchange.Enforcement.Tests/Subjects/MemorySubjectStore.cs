using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>The store's guarantees in memory; it yields at every call, so that racers interleave, and fails when told to.</summary>
internal sealed class MemorySubjectStore : ISubjectStore
{
    private readonly Lock _writing = new();
    private volatile Contents _contents = new(null, new Dictionary<string, StoredSubject>(), []);
    private int _finds;

    public IReadOnlyCollection<StoredSubject> Rows => [.. _contents.Rows.Values];

    public int Finds => _finds;

    /// <summary>Thrown by the next calls.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Thrown by those who ask whether all that can be read is durable.</summary>
    public Exception? Undurable { get; set; }

    /// <summary>Additions complete when this does.</summary>
    public Task Durable { get; set; } = Task.CompletedTask;

    /// <summary>Completes when an addition waits to be durable.</summary>
    public TaskCompletionSource Adding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Replace(StoredSubject row) => Change(contents => contents.With(row));

    /// <summary>A store with what this one holds now, as a backup would.</summary>
    public MemorySubjectStore Copy() => new() { _contents = _contents };

    public async ValueTask<VaultHeader?> FindHeaderAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return _contents.Header;
    }

    public async ValueTask<VaultHeader> GetOrAddHeaderAsync(VaultHeader header, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return Change(contents => contents with { Header = contents.Header ?? header }).Header!;
    }

    public async ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        await EnterAsync(cancellationToken);
        return _contents.Rows.GetValueOrDefault(Key(lookup));
    }

    public async ValueTask<StoredSubject?> FindByHandleAsync(ReadOnlyMemory<byte> handle, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return _contents.Rows.Values.FirstOrDefault(row => row.Handle.Span.SequenceEqual(handle.Span));
    }

    public async ValueTask<IReadOnlyList<StoredSubject>> ReadAsync(ReadOnlyMemory<byte> afterLookup, int count, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return [.. _contents.Rows.Where(row => string.CompareOrdinal(row.Key, Key(afterLookup)) > 0).OrderBy(row => row.Key, StringComparer.Ordinal).Take(count).Select(row => row.Value)];
    }

    public async ValueTask<StoredSubject?> GetOrAddAsync(StoredSubject subject, string keyId, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        var now = Change(contents => contents.Header?.KeyId != keyId || contents.Rows.ContainsKey(Key(subject.Lookup)) ? contents : contents.With(subject));
        if (!Durable.IsCompleted)
        {
            Adding.TrySetResult();
        }

        await Durable;
        return now.Header?.KeyId == keyId ? now.Rows[Key(subject.Lookup)] : null;
    }

    public async ValueTask AddErasureAsync(OrderedErasure erasure, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        Change(contents => contents with { Erasures = [.. contents.Erasures, erasure] });
    }

    public async ValueTask<IReadOnlyList<OrderedErasure>> ErasuresAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        return _contents.Erasures;
    }

    public async ValueTask MakeDurableAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        if (Undurable is { } fault)
        {
            throw fault;
        }
    }

    public async ValueTask RotateAsync(
        VaultHeader next, Func<StoredSubject, StoredSubject> rewrap, IReadOnlyCollection<string> erasures, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        Change(contents =>
        {
            var gone = contents.Erasures.Where(erasure => erasures.Contains(erasure.Id)).SelectMany(erasure => erasure.Handles).Select(Key).ToHashSet();
            return new Contents(
                next,
                contents.Rows.Values.Where(row => !gone.Contains(Key(row.Handle))).Select(rewrap).ToDictionary(row => Key(row.Lookup)),
                [.. contents.Erasures.Where(erasure => !erasures.Contains(erasure.Id))]);
        });
    }

    private static string Key(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);

    private Contents Change(Func<Contents, Contents> change)
    {
        lock (_writing)
        {
            return _contents = change(_contents);
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault is { } fault)
        {
            throw fault;
        }
    }

    private sealed record Contents(VaultHeader? Header, IReadOnlyDictionary<string, StoredSubject> Rows, IReadOnlyList<OrderedErasure> Erasures)
    {
        public Contents With(StoredSubject row) => this with { Rows = new Dictionary<string, StoredSubject>(Rows) { [Key(row.Lookup)] = row } };
    }
}
