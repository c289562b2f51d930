using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace DataExchange.TransparencyLog.Writing;

/// <summary>
/// One append on its way, and the task its caller waits for. Pooled: an append allocates nothing here. Exactly one of the writer and
/// the caller's cancellation settles it; one that was cancelled is left to the garbage collector, because the writer still holds it.
/// </summary>
internal sealed class PendingAppend : IValueTaskSource<AppendResult>, IThreadPoolWorkItem
{
    private const int PoolLimit = 8192;

    private static readonly ConcurrentQueue<PendingAppend> Pool = new();

    private ManualResetValueTaskSourceCore<AppendResult> _core = new() { RunContinuationsAsynchronously = true };
    private CommittedBatch? _batch;
    private CancellationTokenRegistration _registration;
    private int _settled;

    private PendingAppend()
    {
    }

    public LogEntry Entry { get; private set; } = null!;

    /// <summary>When the append began, as a timestamp of the writer's clock.</summary>
    public long Started { get; private set; }

    public int Weight { get; private set; }

    /// <summary>The index that the writer gave it; -1 where the pin had moved.</summary>
    public long Index { get; set; }

    /// <summary>The pinned log's size that the writer compared with.</summary>
    public long Pin { get; set; }

    public static PendingAppend Rent(LogEntry entry, long started)
    {
        if (!Pool.TryDequeue(out var append))
        {
            append = new PendingAppend();
        }

        append.Entry = entry;
        append.Started = started;
        append.Weight = entry.Weight;
        append.Index = -1;
        return append;
    }

    /// <summary>The caller's task. Called once, after the append was queued.</summary>
    public ValueTask<AppendResult> Await(CancellationToken cancellationToken)
    {
        // The caller cannot consume the task before this returns, so GetResult finds the registration.
        _registration = cancellationToken.UnsafeRegister(static (self, token) => ((PendingAppend)self!).Cancel(token), this);
        return new ValueTask<AppendResult>(this, _core.Version);
    }

    /// <summary>Gives back one that never got into the queue.</summary>
    public void Abandon() => Return();

    /// <summary>
    /// Hands the caller on to the pool's shared queue, which is served in order. A thread's own queue is served newest first: there the
    /// eldest of a batch would wait for all that the younger ones go on to do.
    /// </summary>
    public void Complete(CommittedBatch? batch)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _batch = batch;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        _core.RunContinuationsAsynchronously = false;
        _core.SetResult(new AppendResult(Index < 0 ? AppendStatus.PinMoved : AppendStatus.Committed, Index, Index < 0 ? null : _batch, Pin));
    }

    public void Fail(LogUnavailableException exception)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _core.SetException(exception);
        }
    }

    AppendResult IValueTaskSource<AppendResult>.GetResult(short token)
    {
        var reusable = false;
        try
        {
            // Waits for a cancellation that is running just now and has lost: it must not meet the next user of this object.
            _registration.Dispose();
            var result = _core.GetResult(token);
            reusable = true;
            return result;
        }
        catch (LogUnavailableException)
        {
            reusable = true;
            throw;
        }
        finally
        {
            if (reusable)
            {
                Return();
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AppendResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<AppendResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _core.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    private void Return()
    {
        Entry = null!;
        _batch = null;
        _registration = default;
        _core.Reset();
        _core.RunContinuationsAsynchronously = true;
        _settled = 0;
        if (Pool.Count < PoolLimit)
        {
            Pool.Enqueue(this);
        }
    }
}
