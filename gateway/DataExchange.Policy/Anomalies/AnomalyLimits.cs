namespace DataExchange.Policy.Anomalies;

/// <summary>More than so many are found.</summary>
public sealed record CountLimits(AnomalyAction Action, int Allowed);

/// <summary>Limits of <c>subjects-per-hour</c>, in different people in one clock hour.</summary>
/// <param name="Action">What follows.</param>
/// <param name="Factor">How many times the official's own average is allowed.</param>
/// <param name="Floor">So many are always allowed.</param>
/// <param name="Ceiling">More are never allowed, whatever the average.</param>
/// <param name="Newcomer">Allowed while there is no average yet.</param>
/// <param name="MinActiveHours">There is an average after so many hours with look-ups.</param>
public sealed record SubjectsPerHourLimits(AnomalyAction Action, int Factor, int Floor, int Ceiling, int Newcomer, int MinActiveHours);

/// <summary>Limits of <c>sequential-numbers</c>.</summary>
/// <param name="Action">What follows.</param>
/// <param name="Step">Two numbers are neighbours when they differ by at most so much, without their check characters.</param>
/// <param name="Allowed">A longer row of neighbours is found.</param>
public sealed record SequentialNumbersLimits(AnomalyAction Action, int Step, int Allowed);

/// <summary><c>own-relation</c> has no threshold.</summary>
public sealed record RelationLimits(AnomalyAction Action);

/// <summary>Limits of <c>out-of-hours</c>.</summary>
/// <param name="Action">What follows.</param>
/// <param name="FromHour">Office hours begin, local time.</param>
/// <param name="ToHour">Office hours end, local time, exclusive.</param>
/// <param name="Allowed">Look-ups out of hours in one day that are let pass.</param>
/// <param name="HabitPercent">Whoever has so large a part of their active hours out of hours works them, and is not found.</param>
/// <param name="MinActiveHours">There is a habit after so many active hours.</param>
public sealed record OutOfHoursLimits(AnomalyAction Action, int FromHour, int ToHour, int Allowed, int HabitPercent, int MinActiveHours);
