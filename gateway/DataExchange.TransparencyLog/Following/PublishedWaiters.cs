namespace DataExchange.TransparencyLog.Following;

/// <summary>Callers that wait until a size is published.</summary>
internal sealed class PublishedWaiters
{
    private readonly Lock _gate = new(); // Guards all three.
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _published;
    private bool _stopped;

    /// <summary>Whether somebody waits.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    public ValueTask WaitAsync(long size, CancellationToken cancellationToken)
    {
        TaskCompletionSource source;
        lock (_gate)
        {
            if (size <= _published)
            {
                return ValueTask.CompletedTask;
            }

            if (_stopped)
            {
                return ValueTask.FromException(Stopped());
            }

            source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(source, size);
        }

        return new ValueTask(WaitAsync(source, cancellationToken));
    }

    public void Release(long size)
    {
        lock (_gate)
        {
            _published = Math.Max(_published, size);
            while (_waiting.TryPeek(out var source, out var wanted) && wanted <= _published)
            {
                _waiting.Dequeue();
                source.SetResult();
            }
        }
    }

    /// <summary>Nothing more will be published.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            while (_waiting.TryDequeue(out var source, out _))
            {
                source.SetException(Stopped());
            }
        }
    }

    private async Task WaitAsync(TaskCompletionSource source, CancellationToken cancellationToken)
    {
        try
        {
            await source.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiting.Remove(source, out _, out _);
            }

            throw;
        }
    }

    private static LogUnavailableException Stopped() => new("The log has stopped.");
}
