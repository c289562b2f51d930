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

    /// <summary>A system asked what the rules say; nothing was asked of a provider and nothing released.</summary>
    public const string AccessEvaluated = "access.evaluated";

    /// <summary>Open: the region is founded.</summary>
    public const string RegionFounded = "region.founded";

    /// <summary>Open: a member joined.</summary>
    public const string MemberAdmitted = "member.admitted";

    /// <summary>Open: the members suspended one of them.</summary>
    public const string MemberSuspended = "member.suspended";

    /// <summary>Open: a suspended member is one again.</summary>
    public const string MemberReinstated = "member.reinstated";

    /// <summary>Open: a member said which clients act for it.</summary>
    public const string MemberClientsSet = "member.clients-set";

    /// <summary>Open: a member replaced its keys.</summary>
    public const string KeyRotated = "key.rotated";

    /// <summary>Open: a change of the region's rules was proposed.</summary>
    public const string ProposalMade = "proposal.made";

    /// <summary>Open: a member approved a proposal; with the approval that completes the quorum, the change takes effect.</summary>
    public const string ProposalApproved = "proposal.approved";

    /// <summary>Open: a member rejected a proposal.</summary>
    public const string ProposalRejected = "proposal.rejected";

    /// <summary>Open: its proposer took a proposal back.</summary>
    public const string ProposalWithdrawn = "proposal.withdrawn";

    /// <summary>Open: how many members have to approve a proposal.</summary>
    public const string QuorumSet = "quorum.set";

    /// <summary>Open: the working days of a year.</summary>
    public const string CalendarSet = "calendar.set";

    /// <summary>Open: a purpose was registered.</summary>
    public const string PurposeRegistered = "purpose.registered";

    /// <summary>Open: a purpose was withdrawn.</summary>
    public const string PurposeWithdrawn = "purpose.withdrawn";

    /// <summary>Open: a dataset was published.</summary>
    public const string DatasetPublished = "dataset.published";

    /// <summary>Open: the next revision of a consent notice was drafted.</summary>
    public const string NoticeDrafted = "notice.drafted";
    /// <summary>Open: a dataset revision was written, for the first time or anew.</summary>
    public const string DatasetDrafted = "dataset.drafted";

    /// <summary>Open: a dataset draft was handed to the reviewer.</summary>
    public const string DatasetSubmitted = "dataset.submitted";

    /// <summary>Open: the reviewer sent a dataset draft back.</summary>
    public const string DatasetReturned = "dataset.returned";

    /// <summary>Open: a dataset draft was given up.</summary>
    public const string DatasetDiscarded = "dataset.discarded";

    /// <summary>Open: a dataset was withdrawn.</summary>
    public const string DatasetWithdrawn = "dataset.withdrawn";

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

    /// <summary>Sealed: a mandate was requested.</summary>
    public const string MandateRequested = "mandate.requested";

    /// <summary>Sealed: somebody who was asked confirmed a mandate.</summary>
    public const string MandateConfirmed = "mandate.confirmed";

    /// <summary>Sealed: somebody who was asked refused a mandate.</summary>
    public const string MandateRefused = "mandate.refused";

    /// <summary>Sealed: a mandate was revoked.</summary>
    public const string MandateRevoked = "mandate.revoked";
    /// <summary>Open: a revision of a matter was defined.</summary>
    public const string MatterDefined = "matter.defined";

    /// <summary>Sealed: a case was opened.</summary>
    public const string CaseOpened = "case.opened";

    /// <summary>Sealed: needs of a case were answered.</summary>
    public const string CaseGathered = "case.gathered";

    /// <summary>Sealed: a case was completed.</summary>
    public const string CaseCompleted = "case.completed";

    /// <summary>Sealed: a case was cancelled.</summary>
    public const string CaseCancelled = "case.cancelled";
    /// <summary>Sealed: a consent was prolonged.</summary>
    public const string ConsentRenewed = "consent.renewed";

    /// <summary>Sealed: a use was counted against a consent that permits so many.</summary>
    public const string ConsentUsed = "consent.used";
    /// <summary>Sealed: an official breaks the glass, or asks a second person to let them.</summary>
    public const string BreakGlassRequested = "break-glass.requested";

    /// <summary>Sealed: a second person let somebody break the glass.</summary>
    public const string BreakGlassApproved = "break-glass.approved";

    /// <summary>Sealed: a second person did not.</summary>
    public const string BreakGlassRefused = "break-glass.refused";

    /// <summary>Sealed: a break-glass grant was ended early.</summary>
    public const string BreakGlassEnded = "break-glass.ended";

    /// <summary>Sealed: a reviewer took the review of a break-glass grant.</summary>
    public const string BreakGlassAssigned = "break-glass.assigned";

    /// <summary>Sealed: the review of a break-glass grant was closed.</summary>
    public const string BreakGlassReviewed = "break-glass.reviewed";

    /// <summary>Sealed: an error in a record was reported.</summary>
    public const string CorrectionReported = "correction.reported";

    /// <summary>Sealed: the owner looks into a reported error.</summary>
    public const string CorrectionVerifying = "correction.verifying";

    /// <summary>Sealed: a reported error went to another owner.</summary>
    public const string CorrectionForwarded = "correction.forwarded";

    /// <summary>Sealed: the owner corrected the value.</summary>
    public const string CorrectionCorrected = "correction.corrected";

    /// <summary>Sealed: the owner says that the value is right.</summary>
    public const string CorrectionRejected = "correction.rejected";

    /// <summary>Sealed: a report was taken back.</summary>
    public const string CorrectionWithdrawn = "correction.withdrawn";

    /// <summary>Sealed: the owner has not answered in time.</summary>
    public const string CorrectionEscalated = "correction.escalated";

    /// <summary>Sealed: a person complained.</summary>
    public const string ComplaintReceived = "complaint.received";

    /// <summary>Sealed: a reviewer took a complaint.</summary>
    public const string ComplaintAssigned = "complaint.assigned";

    /// <summary>Sealed: a complaint was answered, upheld or rejected.</summary>
    public const string ComplaintAnswered = "complaint.answered";

    /// <summary>Sealed: a complaint was taken back.</summary>
    public const string ComplaintWithdrawn = "complaint.withdrawn";

    /// <summary>Sealed: a complaint was not answered in time.</summary>
    public const string ComplaintEscalated = "complaint.escalated";

    /// <summary>Open: a member has a dispute with another.</summary>
    public const string DisputeOpened = "dispute.opened";

    /// <summary>Open: a party took a dispute to the next rung.</summary>
    public const string DisputeTaken = "dispute.taken";

    /// <summary>Open: a dispute was settled.</summary>
    public const string DisputeSettled = "dispute.settled";

    /// <summary>Open: a dispute was taken back.</summary>
    public const string DisputeWithdrawn = "dispute.withdrawn";

    /// <summary>Open: a dispute was decided.</summary>
    public const string DisputeDecided = "dispute.decided";

    /// <summary>Sealed and veiled: a protective hold was asked for.</summary>
    public const string RestrictionRequested = "restriction.requested";

    /// <summary>Sealed and veiled: a restriction is in force.</summary>
    public const string RestrictionImposed = "restriction.imposed";

    /// <summary>Sealed and veiled: a protective hold was declined.</summary>
    public const string RestrictionRefused = "restriction.refused";

    /// <summary>Sealed and veiled: a protective hold lasts longer.</summary>
    public const string RestrictionExtended = "restriction.extended";

    /// <summary>Sealed and veiled: a restriction ended.</summary>
    public const string RestrictionLifted = "restriction.lifted";

    /// <summary>Open: that people are erased; not who.</summary>
    public const string ErasureOrdered = "erasure.ordered";

    /// <summary>Open: the anomaly rules.</summary>
    public const string MonitoringSet = "monitoring.set";

    /// <summary>Sealed, about an official: an anomaly rule found something.</summary>
    public const string AnomalyFound = "anomaly.found";

    /// <summary>Sealed, about an official: a reviewer looks into a finding.</summary>
    public const string AnomalyAssigned = "anomaly.assigned";

    /// <summary>Sealed, about an official: a finding was closed.</summary>
    public const string AnomalyClosed = "anomaly.closed";

    /// <summary>Sealed, about an official: the hold of an unjustified finding was lifted.</summary>
    public const string AnomalyLifted = "anomaly.lifted";

    /// <summary>Open: a month's scorecard.</summary>
    public const string ScorecardPublished = "scorecard.published";

    /// <summary>Open: the log takes the place of one that was retired. Its first entry, in either log.</summary>
    public const string LogAdopted = "log.adopted";

    /// <summary>Longest kind, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a leaf of this kind is open. Every register that is not named here is sealed.</summary>
    public static bool IsOpen(ReadOnlySpan<char> kind)
    {
        var dot = kind.IndexOf('.');
        return dot > 0 && kind[..dot] is "region" or "member" or "key" or "purpose" or "dataset" or "notice" or "agreement" or "matter" or "witness" or "erasure" or "log" or "monitoring" or "scorecard" or "proposal" or "quorum" or "calendar" or "dispute";
    }

    /// <summary>
    /// Whether leaves of this kind carry the subject's veiled tag: whoever has learned a person's other tag from a receipt must not find
    /// in the log that the person is protected.
    /// </summary>
    public static bool IsVeiled(ReadOnlySpan<char> kind) => kind.StartsWith("restriction.");

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
