namespace DataExchange.TransparencyLog;

/// <summary>What the scrubber of a log has done and found.</summary>
/// <param name="Position">Entries of the present pass that have been walked.</param>
/// <param name="LastCompleted">When the last whole pass ended; null when none has yet.</param>
/// <param name="Damaged">Findings of the last pass, or of this one if it has more already, that cannot be repaired from the log itself.</param>
/// <param name="Repaired">Tiles that were put right since the start.</param>
/// <param name="LastFinding">The newest finding since the start, for an operator to read; null for none.</param>
public sealed record ScrubStatus(long Position, DateTimeOffset? LastCompleted, long Damaged, long Repaired, string? LastFinding);
