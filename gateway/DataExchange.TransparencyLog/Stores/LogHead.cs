using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Stores;

/// <summary>Where a log ends.</summary>
/// <param name="Range">The right edge of its tree: size and root.</param>
/// <param name="Time">Time of its last batch, milliseconds since 1970 UTC. Never runs backwards.</param>
public sealed record LogHead(CompactRange Range, long Time)
{
    /// <summary>The head of a log without entries.</summary>
    public static LogHead Empty { get; } = new(CompactRange.Empty, 0);

    /// <summary>Entries.</summary>
    public long Size => Range.Size;

    internal bool IsSameTree(LogHead other) => Size == other.Size && Range.Root() == other.Range.Root();
}
