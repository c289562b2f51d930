namespace DataExchange.TransparencyLog;

/// <summary>A row of state that changes together with a log entry, in the same transaction. Opaque here.</summary>
/// <param name="Register">Which register, for instance <c>consent</c>.</param>
/// <param name="Id">Key within the register.</param>
/// <param name="Value">UTF-8 JSON, or null to remove the row.</param>
public sealed record StateChange(string Register, string Id, ReadOnlyMemory<byte>? Value);
