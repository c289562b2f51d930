using System.Collections.Concurrent;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>The store's guarantees in memory; it yields at every call, so that racers interleave, and fails when told to.</summary>
internal sealed class MemorySubjectStore : ISubjectStore
{
    private readonly ConcurrentDictionary<string, StoredSubject> _rows = new();
    private int _finds;

    public IReadOnlyCollection<StoredSubject> Rows => [.. _rows.Values];

    public int Finds => _finds;

    /// <summary>Thrown by the next calls.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Additions complete when this does.</summary>
    public Task Durable { get; set; } = Task.CompletedTask;

    /// <summary>Completes when an addition waits to be durable.</summary>
    public TaskCompletionSource Adding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Replace(StoredSubject row) => _rows[Convert.ToHexString(row.Lookup.Span)] = row;

    public async ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _finds);
        await Task.Yield();
        ThrowIfAsked(cancellationToken);
        return _rows.GetValueOrDefault(Convert.ToHexString(lookup.Span));
    }

    public async ValueTask<StoredSubject?> FindByTokenAsync(ReadOnlyMemory<byte> token, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfAsked(cancellationToken);
        return _rows.Values.FirstOrDefault(row => row.Token.Span.SequenceEqual(token.Span));
    }

    public async ValueTask<StoredSubject> GetOrAddAsync(StoredSubject subject, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ThrowIfAsked(cancellationToken);
        var row = _rows.GetOrAdd(Convert.ToHexString(subject.Lookup.Span), subject);
        if (!Durable.IsCompleted)
        {
            Adding.TrySetResult();
        }

        await Durable;
        return row;
    }

    private void ThrowIfAsked(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
