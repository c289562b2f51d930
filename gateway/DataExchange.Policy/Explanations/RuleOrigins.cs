using DataExchange.Policy.Events;

namespace DataExchange.Policy.Explanations;

/// <summary>Which entry of the governance log was the newest about each thing: noted while the rules are folded.</summary>
public sealed class RuleOrigins
{
    private readonly Dictionary<(string Register, string Thing), long> _newest = [];

    /// <summary>Notes an entry. Entries come in their order.</summary>
    public void Note(GovernanceEvent @event, long index)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (@event.Thing is { } thing)
        {
            _newest[(@event.Kind[..@event.Kind.IndexOf('.', StringComparison.Ordinal)], thing)] = index;
        }
    }

    /// <summary>Index of the newest entry about a thing; null where there is none.</summary>
    /// <param name="register">First part of the entries' kinds.</param>
    /// <param name="thing">Code or id.</param>
    public long? Of(string register, string thing) => _newest.TryGetValue((register, thing), out var index) ? index : null;
}
