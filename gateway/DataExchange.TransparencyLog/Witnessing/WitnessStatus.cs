namespace DataExchange.TransparencyLog;

/// <summary>How a witness stands to a log.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="CosignedSize">Size of the newest checkpoint that it has cosigned since the start; null for none.</param>
/// <param name="CosignedAt">When that came in, by this machine's clock.</param>
/// <param name="Fault">Why its last answer was no cosignature; null when it was one, or when it has not been asked yet.</param>
public sealed record WitnessStatus(string Name, long? CosignedSize, DateTimeOffset? CosignedAt, string? Fault);
