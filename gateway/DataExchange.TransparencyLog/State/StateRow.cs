namespace DataExchange.TransparencyLog;

/// <summary>A row of state as it stands.</summary>
/// <param name="Id">Key within the register.</param>
/// <param name="Value">UTF-8 JSON.</param>
/// <param name="Index">Index of the governance entry that last changed the row.</param>
public readonly record struct StateRow(string Id, ReadOnlyMemory<byte> Value, long Index);
