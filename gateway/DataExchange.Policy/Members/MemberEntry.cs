using System.Collections.Immutable;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Members;

/// <summary>A member as the rules know it.</summary>
public sealed record MemberEntry
{
    /// <summary>The newest record, with the keys and clients that count now.</summary>
    public required Member Member { get; init; }

    public required MemberState State { get; init; }

    /// <summary>Why it is suspended; null where it is not.</summary>
    public string? SuspendedBecause { get; init; }

    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }

    /// <summary>
    /// Index of the entry that last admitted, suspended or reinstated it. What the member changes about itself does not move it, so a member
    /// cannot hold up its own suspension.
    /// </summary>
    public required long StandingIndex { get; init; }

    /// <summary>Every key that it ever had, in the order in which they were registered.</summary>
    public ImmutableArray<MemberKey> Keys { get; init; } = [];

    /// <summary>The entries about it, oldest first.</summary>
    public ImmutableArray<MemberChange> History { get; init; } = [];

    /// <summary>Whether this key counts now.</summary>
    public bool HasKey(string id) => Keys.Any(key => key.Id == id && key.Until is null);
}

/// <summary>An entry of the governance log about a member.</summary>
/// <param name="Kind">The event's kind. A proposal's change has its own here, and stands in the log as the approval that enacted it.</param>
/// <param name="LogIndex">Its index.</param>
/// <param name="Time">Its log time.</param>
public sealed record MemberChange(string Kind, long LogIndex, DateTimeOffset Time);
