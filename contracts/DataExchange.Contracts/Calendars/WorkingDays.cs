namespace DataExchange.Contracts.Calendars;

/// <summary>The end of a period, exclusive.</summary>
/// <param name="At">The first moment after the last working day.</param>
/// <param name="IsAssumed">A day on the way lies in a year that nothing was published for; the deadline may still move.</param>
public readonly record struct Deadline(DateTimeOffset At, bool IsAssumed);

/// <summary>A number of working days.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsAssumed">A day among them lies in a year that nothing was published for.</param>
public readonly record struct WorkingDays(int Count, bool IsAssumed);
