using System.Globalization;
using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Calendars;

/// <summary>Working days of a year as published; they take the place of those that the region had for it.</summary>
public sealed record CalendarSet(CalendarYear Year) : GovernanceEvent(LeafKinds.CalendarSet)
{
    public override string? Thing => Year.Year.ToString(CultureInfo.InvariantCulture);
}
