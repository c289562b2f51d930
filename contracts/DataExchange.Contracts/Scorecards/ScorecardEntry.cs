using System.Text.Json;

namespace DataExchange.Contracts.Scorecards;

/// <summary>An entry of a log as the formula sees it.</summary>
/// <param name="IsAccess">Of the access log; else of the governance log.</param>
/// <param name="Index">Where it stands.</param>
/// <param name="Kind">Kind of its leaf.</param>
/// <param name="TimeMs">Log time, milliseconds since the Unix epoch.</param>
/// <param name="Record">The record, open or opened; null where it is sealed and was not opened.</param>
public readonly record struct ScorecardEntry(bool IsAccess, long Index, string Kind, long TimeMs, JsonElement? Record);
