using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.Citizens;

/// <summary>A person's own entries in both logs, by month, log and index.</summary>
/// <param name="AccessSize">The list holds what stands below this size of the access log.</param>
/// <param name="GovernanceSize">The same for the governance log.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Cursor">Where the next page begins; null on the last.</param>
public sealed record MyAccesses(long AccessSize, long GovernanceSize, IReadOnlyList<MyEntry> Entries, string? Cursor);

/// <summary>One entry.</summary>
/// <param name="Log">Origin of the log.</param>
/// <param name="Index">Where it stands.</param>
/// <param name="Time">Log time.</param>
/// <param name="Kind">Kind of the leaf.</param>
/// <param name="Leaf">The leaf in base64.</param>
/// <param name="Opening">What the leaf commits to: who asked, for what, under which rules, and what came of it. Null for an entry that does not open.</param>
public sealed record MyEntry(string Log, long Index, DateTimeOffset Time, string Kind, string Leaf, Opening? Opening);
