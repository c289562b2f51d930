namespace DataExchange.TransparencyLog.Stores;

/// <summary>A change of state and the index of the entry that makes it.</summary>
public readonly record struct IndexedChange(long Index, StateChange Change);
