namespace DataExchange.Storage.Logs;

/// <summary>
/// Turns at a file's write lock within this process, first come first served. SQLite lets writers poll for its lock, and a writer that
/// polls loses to one that never pauses; a withdrawal of consent must not wait for the access log to fall idle.
/// </summary>
internal sealed class WriteTurn
{
    private readonly object _gate = new();
    private long _next;
    private long _serving;

    public void Enter()
    {
        lock (_gate)
        {
            var ticket = _next++;
            while (ticket != _serving)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _serving++;
            Monitor.PulseAll(_gate);
        }
    }
}
