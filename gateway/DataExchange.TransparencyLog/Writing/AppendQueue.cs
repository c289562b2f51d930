namespace DataExchange.TransparencyLog.Writing;

/// <summary>
/// What waits for the writer, in order and bounded. Refuses at once whatever cannot be taken: the zero state, before the log has
/// been verified, refuses too.
/// </summary>
/// <remarks>
/// The writer is woken through the pool's shared queue: whatever stands before the wake-up there runs first, and what it appends comes
/// into the same batch. An idle pool wakes the writer at once; a busy one makes batches large just when they have to be. No timer decides.
/// </remarks>
internal sealed class AppendQueue(int maxEntries, long maxBytes) : IThreadPoolWorkItem, IDisposable
{
    // Guards everything below. Held for moves between lists only, never for I/O.
    private readonly Lock _gate = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private long _bytes;
    private bool _writerSleeps;
    private bool _closed;
    private bool _disposed;
    private Exception? _fault;
    private Exception? _cause;
    private string? _refusal = "The log has not been verified yet.";

    public LogHealth Health
    {
        get
        {
            lock (_gate)
            {
                return new LogHealth(_refusal is null, _refusal);
            }
        }
    }

    /// <exception cref="LogUnavailableException">The log refuses, or too much waits already.</exception>
    public void Add(PendingAppend append)
    {
        bool wake;
        lock (_gate)
        {
            ThrowIfRefused(append.Weight);
            _waiting.Enqueue(append);
            _bytes += append.Weight;
            wake = _writerSleeps;
            _writerSleeps = false;
        }

        if (wake)
        {
            WakeInTurn();
        }
    }

    /// <summary>
    /// Takes what waits, at most so many entries and (after the first) bytes; blocks until the writer's turn has come, and while nothing
    /// waits. False once the queue is closed and empty. Throws what <see cref="Fault"/> was given.
    /// </summary>
    public bool Take(List<PendingAppend> into, int batchEntries, long batchBytes)
    {
        AwaitTurn();
        while (true)
        {
            lock (_gate)
            {
                if (Interlocked.Exchange(ref _fault, null) is { } fault)
                {
                    throw fault;
                }

                Move(into, batchEntries, batchBytes);
                if (into.Count > 0)
                {
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _writerSleeps = true;
            }

            _arrived.Wait();
        }
    }

    /// <summary>Refuses from now on, and hands over what waits. One step: nothing slips in between.</summary>
    public void Refuse(string reason, Exception? cause, List<PendingAppend> waiting)
    {
        lock (_gate)
        {
            _refusal = reason;
            _cause = cause;
            _fault = null; // The writer that refuses is about to verify the log anyway.
            Move(waiting, int.MaxValue, long.MaxValue);
        }
    }

    /// <summary>Takes appends again.</summary>
    public void Accept()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _refusal = null;
                _cause = null;
            }
        }
    }

    /// <summary>Makes the writer's next <see cref="Take"/> throw.</summary>
    public void Fault(Exception exception)
    {
        lock (_gate)
        {
            _fault = exception;
            _writerSleeps = false;
        }

        _arrived.Release();
    }

    /// <summary>Refuses what comes; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _refusal = "The log is stopping.";
            _writerSleeps = false;
        }

        _arrived.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _arrived.Dispose();
        }
    }

    // A wake-up may still stand in the pool's queue when the log has ended: another one ended the wait it was meant for.
    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _arrived.Release();
            }
        }
    }

    private void WakeInTurn() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    // Something waits already, so nobody else will wake the writer: it stands in line itself. Any other wake-up may end this wait
    // early, and its own may later end another: that costs a smaller batch, and loses nothing.
    private void AwaitTurn()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || _closed || _fault is not null)
            {
                return;
            }
        }

        WakeInTurn();
        _arrived.Wait();
    }

    private void ThrowIfRefused(int weight)
    {
        if (_refusal is not null)
        {
            throw new LogUnavailableException(_refusal, _cause);
        }

        if (_waiting.Count >= maxEntries || _bytes + weight > maxBytes)
        {
            throw new LogUnavailableException($"The log is behind: {_waiting.Count} entries of {_bytes} bytes wait already.");
        }
    }

    private void Move(List<PendingAppend> into, int entries, long bytes)
    {
        while (into.Count < entries && _waiting.TryPeek(out var next) && (into.Count == 0 || next.Weight <= bytes))
        {
            into.Add(_waiting.Dequeue());
            bytes -= next.Weight;
            _bytes -= next.Weight;
        }
    }
}
