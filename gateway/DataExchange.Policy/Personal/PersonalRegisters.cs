using DataExchange.Contracts.Log;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Json;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Personal;

/// <summary>Every register of records about people. A kind that is not here can be neither written nor read.</summary>
public static class PersonalRegisters
{
    internal static readonly PersonalRegister<ConsentRecord> Consents = new(
        "consent", PolicyJsonContext.Default.ConsentRecord,
        LeafKinds.ConsentRequested, LeafKinds.ConsentGiven, LeafKinds.ConsentRefused, LeafKinds.ConsentWithdrawn, LeafKinds.ConsentRenewed, LeafKinds.ConsentUsed)
    {
        Plain = ConsentRow.TryRead,
    };

    internal static readonly PersonalRegister<MandateRecord> Mandates = new(
        "mandate", PolicyJsonContext.Default.MandateRecord,
        LeafKinds.MandateRequested, LeafKinds.MandateConfirmed, LeafKinds.MandateRefused, LeafKinds.MandateRevoked);

    internal static readonly PersonalRegister<CaseRecord> Cases = new(
        "case", PolicyJsonContext.Default.CaseRecord,
        LeafKinds.CaseOpened, LeafKinds.CaseGathered, LeafKinds.CaseCompleted, LeafKinds.CaseCancelled);

    internal static readonly PersonalRegister<AnomalyFinding> Anomalies = new(
        "anomaly", PolicyJsonContext.Default.AnomalyFinding,
        LeafKinds.AnomalyFound, LeafKinds.AnomalyAssigned, LeafKinds.AnomalyClosed, LeafKinds.AnomalyLifted);

    internal static readonly PersonalRegister<RestrictionRecord> Restrictions = new(
        "restriction", PolicyJsonContext.Default.RestrictionRecord,
        LeafKinds.RestrictionRequested, LeafKinds.RestrictionImposed, LeafKinds.RestrictionRefused, LeafKinds.RestrictionExtended, LeafKinds.RestrictionLifted);

    internal static readonly PersonalRegister<BreakGlassRecord> BreakGlass = new(
        "break-glass", PolicyJsonContext.Default.BreakGlassRecord,
        LeafKinds.BreakGlassRequested, LeafKinds.BreakGlassApproved, LeafKinds.BreakGlassRefused, LeafKinds.BreakGlassEnded, LeafKinds.BreakGlassAssigned, LeafKinds.BreakGlassReviewed);

    internal static readonly PersonalRegister<CorrectionRecord> Corrections = new(
        "correction", PolicyJsonContext.Default.CorrectionRecord,
        LeafKinds.CorrectionReported, LeafKinds.CorrectionVerifying, LeafKinds.CorrectionForwarded, LeafKinds.CorrectionCorrected,
        LeafKinds.CorrectionRejected, LeafKinds.CorrectionWithdrawn, LeafKinds.CorrectionEscalated);

    internal static readonly PersonalRegister<ComplaintRecord> Complaints = new(
        "complaint", PolicyJsonContext.Default.ComplaintRecord,
        LeafKinds.ComplaintReceived, LeafKinds.ComplaintAssigned, LeafKinds.ComplaintAnswered, LeafKinds.ComplaintWithdrawn, LeafKinds.ComplaintEscalated);

    public static IReadOnlyList<PersonalRegister> All { get; } = [Consents, Mandates, Cases, Anomalies, Restrictions, BreakGlass, Corrections, Complaints];

    /// <summary>The register of a kind of event.</summary>
    /// <exception cref="InvalidOperationException">None has it.</exception>
    public static PersonalRegister Of(string kind) =>
        All.FirstOrDefault(register => register.Kinds.Contains(kind)) ?? throw new InvalidOperationException($"No register of records about people has events of the kind '{kind}'.");
}
