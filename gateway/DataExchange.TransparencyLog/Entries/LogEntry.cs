using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>Something to append. Its bytes must not change until the append has completed.</summary>
public sealed record LogEntry
{
    /// <summary>Longest leaf in bytes: what an entry bundle can carry.</summary>
    public const int MaxLeafLength = EntryBundle.MaxEntryLength;

    /// <summary>Longest sealed record in bytes.</summary>
    public const int MaxSealedLength = 1 << 20;

    /// <summary>Longest search key in bytes.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>What the tree commits to; at most <see cref="MaxLeafLength"/> bytes.</summary>
    public required ReadOnlyMemory<byte> Leaf { get; init; }

    /// <summary>The sealed record that stands beside the leaf, outside the tree. Empty when the leaf is open.</summary>
    public ReadOnlyMemory<byte> Sealed { get; init; }

    /// <summary>Search key (the leaf's tag); empty for none.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>
    /// The size that the pinned log (governance) must still have when this entry commits; null when the entry may commit under any.
    /// A governance entry that is pinned meets the size of its own log, entries before it in the same batch included: of two that
    /// were decided under the same rules, one commits.
    /// </summary>
    public long? PinnedSize { get; init; }

    /// <summary>State that commits in the same transaction as the entry. Only governance entries may change state.</summary>
    public IReadOnlyList<StateChange> Changes { get; init; } = [];

    /// <summary>What the entry weighs in a queue or a batch, in bytes.</summary>
    internal int Weight
    {
        get
        {
            var bytes = Leaf.Length + Sealed.Length + Key.Length;
            for (var i = 0; i < Changes.Count; i++)
            {
                bytes += Changes[i].Value?.Length ?? 0;
            }

            return bytes;
        }
    }

    internal void ThrowIfInvalid()
    {
        if (Leaf.Length > MaxLeafLength || Sealed.Length > MaxSealedLength || Key.Length > MaxKeyLength)
        {
            throw new ArgumentException(
                $"An entry holds at most {MaxLeafLength} bytes of leaf, {MaxSealedLength} of sealed record and {MaxKeyLength} of key, " +
                $"not {Leaf.Length}, {Sealed.Length} and {Key.Length}.");
        }

        for (var i = 0; i < Changes.Count; i++)
        {
            // No JSON is empty; but a null array becomes empty memory on its way here, and would have meant to remove the row.
            if (Changes[i].Value is { IsEmpty: true })
            {
                throw new ArgumentException($"The new value of a row of {Changes[i].Register} is empty. Use null to remove a row.");
            }
        }
    }
}
