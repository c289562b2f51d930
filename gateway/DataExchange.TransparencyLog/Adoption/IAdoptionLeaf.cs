using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>Writes the first leaf of a log that takes a retired one's place: what a leaf looks like is not this library's to know.</summary>
public interface IAdoptionLeaf
{
    /// <summary>The leaf, at most 65,535 bytes.</summary>
    /// <param name="adopted">What it says.</param>
    /// <param name="timeMs">When, milliseconds since 1970 UTC.</param>
    /// <exception cref="ArgumentException">It is too long for a leaf.</exception>
    /// <exception cref="FormatException">It holds a text that no record can.</exception>
    ReadOnlyMemory<byte> Write(AdoptedLog adopted, long timeMs);
}

/// <summary>What the first leaf of a new log says about the old one.</summary>
public sealed record AdoptedLog
{
    /// <summary>Origin of the log that is retired.</summary>
    public required string Origin { get; init; }

    /// <summary>Its verifier key.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>Where it ends, as it is stored.</summary>
    public required LogHead Stored { get; init; }

    /// <summary>Checkpoints that it has signed and that are not of what is stored, as notes: they say what was lost. May be none where it is retired along with the other log.</summary>
    public required IReadOnlyList<string> Known { get; init; }

    /// <summary>How many of its entries follow in the new log, verbatim and in order.</summary>
    public required long Carried { get; init; }

    /// <summary>Why, in the operator's words; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>The order's id.</summary>
    public required string Order { get; init; }
}
