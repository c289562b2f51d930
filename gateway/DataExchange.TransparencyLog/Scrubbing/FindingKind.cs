namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>What a scrub can find. The names are those of the metric's <c>scrub.finding</c>.</summary>
internal static class FindingKind
{
    /// <summary>A stored leaf is not the one that was committed; the tiles and the batch's root agree on what it was.</summary>
    public const string Entry = "entry";

    /// <summary>A batch's stored root is wrong; its entries and the tiles agree.</summary>
    public const string BatchRoot = "batch-root";

    /// <summary>A batch's leaves and its root do not fit together, and no tile tells which is wrong.</summary>
    public const string Batch = "batch";

    /// <summary>Entries are missing.</summary>
    public const string Missing = "missing";

    /// <summary>A batch's sealed records or search keys end inside an item, or do not end with the last.</summary>
    public const string Framing = "framing";

    /// <summary>A stored tile is not what the entries give.</summary>
    public const string Tile = "tile";

    /// <summary>The entries do not give the root of the published checkpoint.</summary>
    public const string Tree = "tree";

    /// <summary>The store could not be read, or a tile not be written anew.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>An inclusion proof made from the stored tiles does not verify. A sign of a damaged tile, and not counted as damage beside it.</summary>
    public const string Proof = "proof";
}

/// <summary>Something that is not as it was signed.</summary>
/// <param name="Kind">One of <see cref="FindingKind"/>.</param>
/// <param name="Detail">For an operator: what and where. Indexes and sizes only.</param>
/// <param name="Repaired">Whether it has been put right from what it derives from.</param>
internal sealed record ScrubFinding(string Kind, string Detail, bool Repaired = false);
