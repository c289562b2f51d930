using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Stores;

/// <summary>One commit's entries, as one row.</summary>
public sealed record LogBatch
{
    /// <summary>Names the batch when a commit's outcome is not known.</summary>
    public required BatchId Id { get; init; }

    /// <summary>Index of the first entry.</summary>
    public required long FirstIndex { get; init; }

    /// <summary>Entries; at least one.</summary>
    public required int Count { get; init; }

    /// <summary>Leaves as entry bundles write them: <c>u16be length ‖ leaf</c>, repeated.</summary>
    public ReadOnlyMemory<byte> Leaves { get; init; }

    /// <summary>Sealed records: <c>u32be length ‖ record</c>, repeated; length 0 for an open leaf.</summary>
    public ReadOnlyMemory<byte> Sealed { get; init; }

    /// <summary>Search keys: <c>u16be length ‖ key</c>, repeated; length 0 for none.</summary>
    public ReadOnlyMemory<byte> Keys { get; init; }

    /// <summary>The root of the tree that ends with this batch.</summary>
    public required MerkleHash Root { get; init; }

    /// <summary>When it was committed, milliseconds since 1970 UTC.</summary>
    public required long Time { get; init; }

    /// <summary>The size of the tree that ends with this batch.</summary>
    public long EndIndex => FirstIndex + Count;
}
