using System.Text.Json;

namespace DataExchange.Contracts.Scorecards;

/// <summary>
/// A sealed entry, opened for a reviewer: a line of the export that scorecards are recomputed from. Who has the log checks that the leaf
/// stands at the index, and that it commits to the record under the key; nobody can invent a fact.
/// </summary>
/// <param name="Log"><c>access</c> or <c>governance</c>.</param>
/// <param name="Index">Where it stands.</param>
/// <param name="Leaf">The leaf, base64.</param>
/// <param name="Key">Opening key, 32 bytes in base64.</param>
/// <param name="Record">What the leaf commits to.</param>
public sealed record ScorecardFact(string Log, long Index, string Leaf, string Key, JsonElement Record);
