namespace DataExchange.Enforcement.Erasures;

/// <summary>What an order of erasure came to.</summary>
/// <param name="Id">Its id, as the governance log has it; null when nobody was there to erase, and nothing was entered.</param>
/// <param name="Erased">How many people were erased.</param>
public readonly record struct ErasureOutcome(string? Id, int Erased);
