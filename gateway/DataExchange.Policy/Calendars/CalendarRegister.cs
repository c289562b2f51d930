using System.Collections.Immutable;
using DataExchange.Contracts.Calendars;

namespace DataExchange.Policy.Calendars;

/// <summary>The region's working days at one size of the governance log: what the members set, over what this version knows as published. Immutable.</summary>
public sealed class CalendarRegister
{
    internal static readonly CalendarRegister Empty = new(WorkingCalendar.China, []);

    private readonly ImmutableDictionary<int, long> _versions;

    private CalendarRegister(WorkingCalendar working, IEnumerable<KeyValuePair<int, long>> versions) => (Working, _versions) = (working, versions.ToImmutableDictionary());

    /// <summary>What clocks count by.</summary>
    public WorkingCalendar Working { get; }

    /// <summary>Index of the entry that set the year; null where none did.</summary>
    public long? VersionOf(int year) => _versions.TryGetValue(year, out var index) ? index : null;

    internal CalendarRegister Apply(CalendarSet set, long index) => new(Working.With(set.Year), _versions.SetItem(set.Year.Year, index));
}
