namespace DataExchange.Contracts.Calendars;

/// <summary>Days off in one stretch. Weekend days inside it are off as well.</summary>
/// <param name="Names">Which holiday it is.</param>
/// <param name="From">First day off.</param>
/// <param name="To">Last day off.</param>
public sealed record Holiday(HolidayNames Names, DateOnly From, DateOnly To);

/// <summary>A holiday's name in both languages.</summary>
public sealed record HolidayNames(string Zh, string En);
