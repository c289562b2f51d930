using System.Collections.Immutable;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Governance;

/// <summary>The open entries of the governance log up to a size, and the rules that they alone make, every so often. Immutable.</summary>
internal sealed class OpenHistory
{
    public static readonly OpenHistory Empty = new(0, [], [RegionSnapshot.Empty]);

    /// <summary>Events from one kept state of the rules to the next: what a replay folds at most before it comes to the person.</summary>
    private const int Kept = 64;

    private readonly ImmutableList<LoggedEvent> _events;
    private readonly ImmutableList<RegionSnapshot> _rules;

    private OpenHistory(long size, ImmutableList<LoggedEvent> events, ImmutableList<RegionSnapshot> rules) => (Size, _events, _rules) = (size, events, rules);

    /// <summary>Entries of the log, open or not, that were looked at.</summary>
    public long Size { get; }

    public OpenHistory With(IReadOnlyList<LoggedEvent> more, long size)
    {
        var (events, rules) = (_events.ToBuilder(), _rules.ToBuilder());
        var (newest, _) = Before(Size);
        foreach (var logged in more)
        {
            newest = FoundingLog.Follow(newest, logged.Event, logged.Index, logged.Time);
            events.Add(logged);
            if (events.Count % Kept == 0)
            {
                rules.Add(newest);
            }
        }

        return new OpenHistory(size, events.ToImmutable(), rules.ToImmutable());
    }

    /// <summary>The rules that the entries below this index make, and the number of the event that follows.</summary>
    public (RegionSnapshot Rules, int Next) Before(long index)
    {
        var (low, high) = (0, _rules.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _rules[middle].GovernanceSize <= index ? (middle, high) : (low, middle - 1);
        }

        return Fold(_rules[low], low * Kept, index);
    }

    /// <summary>Takes note of the events that stand below this size.</summary>
    public void Note(RuleOrigins origins, long size)
    {
        foreach (var logged in _events)
        {
            if (logged.Index >= size)
            {
                return;
            }

            origins.Note(logged.Event, logged.Index);
        }
    }

    /// <summary>The rules after the events from that number on that stand below this index, and the number of the one that follows.</summary>
    public (RegionSnapshot Rules, int Next) Fold(RegionSnapshot rules, int next, long index)
    {
        while (next < _events.Count && _events[next].Index < index)
        {
            var (@event, at, time) = _events[next++];
            rules = rules.Apply(@event, at, time);
        }

        return (rules, next);
    }

    /// <summary>Notes every event below this size.</summary>
    public void NoteTo(RuleOrigins origins, long size)
    {
        foreach (var logged in _events)
        {
            if (logged.Index >= size)
            {
                return;
            }

            origins.Note(logged.Event, logged.Index);
        }
    }
}
