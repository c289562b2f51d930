namespace DataExchange.Contracts.Log;

/// <summary>The kinds of leaves, <c>{register}.{event}</c>.</summary>
/// <remarks>
/// The register decides whether a leaf is open or sealed, so that a kind added later is sealed unless its register is listed
/// here as holding no personal data.
/// </remarks>
public static class LeafKinds
{
    /// <summary>Intent: a record is about to be asked for.</summary>
    public const string AccessRequested = "access.requested";

    /// <summary>Outcome: a record was released.</summary>
    public const string AccessReleased = "access.released";

    /// <summary>Outcome: the request was refused by the rules.</summary>
    public const string AccessRefused = "access.refused";

    /// <summary>Outcome: permitted and asked, but nothing could be released.</summary>
    public const string AccessFailed = "access.failed";

    /// <summary>Open: the region is founded.</summary>
    public const string RegionFounded = "region.founded";

    /// <summary>Open: a member joined.</summary>
    public const string MemberAdmitted = "member.admitted";

    /// <summary>Open: a purpose was registered.</summary>
    public const string PurposeRegistered = "purpose.registered";

    /// <summary>Open: a dataset was published.</summary>
    public const string DatasetPublished = "dataset.published";

    /// <summary>Open: a consent notice revision was published.</summary>
    public const string NoticePublished = "notice.published";

    /// <summary>Open: an agreement became active.</summary>
    public const string AgreementActivated = "agreement.activated";

    /// <summary>Open: an agreement was suspended.</summary>
    public const string AgreementSuspended = "agreement.suspended";

    /// <summary>Open: a revision of an agreement was drafted.</summary>
    public const string AgreementDrafted = "agreement.drafted";

    /// <summary>Open: a drafted agreement was asked for.</summary>
    public const string AgreementRequested = "agreement.requested";

    /// <summary>Open: the provider wants the request completed.</summary>
    public const string AgreementSupplementRequested = "agreement.supplement-requested";

    /// <summary>Open: the request was completed.</summary>
    public const string AgreementSupplemented = "agreement.supplemented";

    /// <summary>Open: the provider takes longer.</summary>
    public const string AgreementExtended = "agreement.extended";

    /// <summary>Open: a party signed.</summary>
    public const string AgreementApproved = "agreement.approved";

    /// <summary>Open: a party refused.</summary>
    public const string AgreementRefused = "agreement.refused";

    /// <summary>Open: the request was taken back.</summary>
    public const string AgreementWithdrawn = "agreement.withdrawn";

    /// <summary>Open: a suspended agreement goes on.</summary>
    public const string AgreementResumed = "agreement.resumed";

    /// <summary>Open: an agreement ended for good.</summary>
    public const string AgreementTerminated = "agreement.terminated";

    /// <summary>Open: a clock of an agreement was missed.</summary>
    public const string AgreementEscalated = "agreement.escalated";

    /// <summary>Open: who witnesses the logs.</summary>
    public const string WitnessAppointed = "witness.appointed";

    /// <summary>Sealed: a consent was requested.</summary>
    public const string ConsentRequested = "consent.requested";

    /// <summary>Sealed: a consent was given.</summary>
    public const string ConsentGiven = "consent.given";

    /// <summary>Sealed: a consent request was refused by the subject.</summary>
    public const string ConsentRefused = "consent.refused";

    /// <summary>Sealed: a consent was withdrawn.</summary>
    public const string ConsentWithdrawn = "consent.withdrawn";

    /// <summary>Open: that people are erased; not who.</summary>
    public const string ErasureOrdered = "erasure.ordered";

    /// <summary>Open: the log takes the place of one that was retired. Its first entry, in either log.</summary>
    public const string LogAdopted = "log.adopted";

    /// <summary>Longest kind, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a leaf of this kind is open. Every register that is not named here is sealed.</summary>
    public static bool IsOpen(ReadOnlySpan<char> kind)
    {
        var dot = kind.IndexOf('.');
        return dot > 0 && kind[..dot] is "region" or "member" or "key" or "purpose" or "dataset" or "notice" or "agreement" or "witness" or "erasure" or "log";
    }

    /// <summary>Whether this is spelled as a kind: two non-empty parts of <c>a–z</c>, <c>0–9</c> and <c>-</c> with one dot between.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> kind)
    {
        var dot = kind.IndexOf('.');
        return kind.Length <= MaxLength && dot > 0 && dot < kind.Length - 1
            && !kind[..dot].ContainsAnyExcept(PartCharacters) && !kind[(dot + 1)..].ContainsAnyExcept(PartCharacters);
    }

    private static readonly System.Buffers.SearchValues<char> PartCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
