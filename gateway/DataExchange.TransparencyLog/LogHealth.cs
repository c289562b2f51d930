namespace DataExchange.TransparencyLog;

/// <summary>Whether appends are taken.</summary>
/// <param name="IsWritable">False until the log has been verified, and again after any failed commit.</param>
/// <param name="Reason">Why not, for an operator to read; null when writable.</param>
public readonly record struct LogHealth(bool IsWritable, string? Reason);
