using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>
/// What there is under one agreement id: the revision that is or was last in force, and the one that is being agreed on. An amendment is a
/// revision of its own, and until it is active the one before goes on.
/// </summary>
/// <param name="Id">Id of the agreement.</param>
public sealed record AgreementRecord(string Id)
{
    /// <summary>The revision that is in force, is suspended, or was in force last; null before the first one is.</summary>
    public AgreementEntry? Current { get; init; }

    /// <summary>The revision that was asked for last and is not in force: drafted, asked for, approved, refused or withdrawn; null when there is none.</summary>
    public AgreementEntry? Pending { get; init; }

    /// <summary>Version of both: index of the newest governance entry about either.</summary>
    public long LogIndex { get; init; }

    /// <summary>Number of the newest revision.</summary>
    public int Newest => Math.Max(Current?.Agreement.Revision ?? 0, Pending?.Agreement.Revision ?? 0);

    /// <summary>Whether a revision is being agreed on, so that no other can be drafted.</summary>
    public bool IsOpen(DateTimeOffset now) => Pending?.StateAt(now)
        is AgreementState.Draft or AgreementState.Submitted or AgreementState.SupplementRequested or AgreementState.Approved;

    /// <summary>What stands for the agreement where one state has to be named: the revision in force, or the one that is asked for.</summary>
    public AgreementEntry Leading => Current ?? Pending ?? throw new InvalidOperationException($"There is nothing under the id '{Id}'.");

    /// <summary>A change of the revision that is being agreed on.</summary>
    internal AgreementRecord WithPending(long index, DateTimeOffset time, AgreementEntry entry) =>
        this with { Pending = entry with { LogIndex = index, Since = entry.State == Pending?.State ? entry.Since : time }, LogIndex = index };

    /// <summary>A change of the revision in force.</summary>
    internal AgreementRecord WithCurrent(long index, DateTimeOffset time, AgreementEntry entry) =>
        this with { Current = entry with { LogIndex = index, Since = time }, LogIndex = index };
}
