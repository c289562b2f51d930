using System.Collections.Concurrent;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>
/// The veto over a log's signatures. While anybody's stands, the writer refuses and does not recover by itself.
/// </summary>
internal sealed class LogFreeze
{
    private readonly ConcurrentDictionary<string, LogRolledBackException> _causes = new(StringComparer.Ordinal);

    /// <summary>Whether anything may be signed.</summary>
    public bool IsSet => !_causes.IsEmpty;

    /// <summary>Sets a veto, or gives another reason for it.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="cause">Why nothing may be signed.</param>
    public void Set(string source, LogRolledBackException cause) => _causes[source] = cause;

    /// <summary>Takes a veto back, because what it rested on has turned out to be untrue; false when there was none.</summary>
    public bool Lift(string source) => _causes.TryRemove(source, out _);

    /// <exception cref="LogRolledBackException">The log is frozen.</exception>
    public void ThrowIfSet()
    {
        foreach (var (_, cause) in _causes)
        {
            throw new LogRolledBackException(cause.Message, cause);
        }
    }
}
