namespace DataExchange.TransparencyLog.Following;

/// <summary>Wakes one waiter; raising it many times before it wakes is raising it once.</summary>
internal sealed class AsyncSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0);
    private int _raised;

    public void Raise()
    {
        if (Interlocked.Exchange(ref _raised, 1) == 0)
        {
            _semaphore.Release();
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);

        // A full fence: what the waiter reads next must not be older than this, or the last raise before an idle time would be lost.
        Interlocked.Exchange(ref _raised, 0);
    }

    // The semaphore itself is left to the garbage collector: a timer that fires just now may still release it, and without a wait handle it holds nothing.
    public void Dispose() => Volatile.Write(ref _raised, 1);
}
