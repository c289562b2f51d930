using System.Collections.Concurrent;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>
/// The veto over a region's signatures, both logs' together: rules that were rolled back govern the other log's releases too. While
/// anybody's veto stands, no writer signs, and none recovers by itself.
/// </summary>
internal sealed class LogFreeze
{
    private readonly ConcurrentDictionary<string, LogRolledBackException> _causes = new(StringComparer.Ordinal);

    /// <summary>Raised with every new veto.</summary>
    public event Action<LogRolledBackException>? Frozen;

    /// <summary>Whether anything may be signed.</summary>
    public bool IsSet => !_causes.IsEmpty;

    /// <summary>Sets a veto, or gives another reason for one that stands.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="cause">Why nothing may be signed.</param>
    public void Set(string source, LogRolledBackException cause)
    {
        if (_causes.TryAdd(source, cause))
        {
            Frozen?.Invoke(cause);
        }
        else
        {
            _causes[source] = cause;
        }
    }

    /// <summary>Takes a veto back, because what it rested on has turned out to be untrue.</summary>
    public void Lift(string source) => _causes.TryRemove(source, out _);

    /// <exception cref="LogRolledBackException">The logs are frozen.</exception>
    public void ThrowIfSet()
    {
        foreach (var (_, cause) in _causes)
        {
            throw new LogRolledBackException(cause.Message, cause);
        }
    }
}
