using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>
/// One use of one field rests on one consent: whoever withdraws it has ended that use. The use is what <c>Decide</c> looks a consent up
/// by: subject, recipient, purpose, dataset and field. Which notice was shown, in which language and for which kind makes no other use of it.
/// </summary>
internal static class ConsentOverlap
{
    /// <summary>The newest consent other than <paramref name="consent"/> that is in force and shares the use of a field with it; null when there is none.</summary>
    public static ConsentRecord? InForce(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now) =>
        Others(consent, rules, now).LastOrDefault(other => other.State is ConsentState.Given or ConsentState.Renewed);

    /// <summary>As <see cref="InForce"/>, but a request that can still be given counts too.</summary>
    public static ConsentRecord? InForceOrPending(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now) =>
        Others(consent, rules, now).LastOrDefault(other => other.State is ConsentState.Requested or ConsentState.Given or ConsentState.Renewed);

    /// <summary>The notice has a newer revision that changed more than wording, or none: what was asked under this one can no longer be given and permits nothing.</summary>
    public static bool IsOutdated(ConsentRecord consent, RegionSnapshot rules) =>
        !rules.NoticeRegister.Stands(consent.Notice, consent.NoticeRevision, consent.Language, consent.NoticeHash);

    private static IEnumerable<ConsentRecord> Others(ConsentRecord consent, RegionSnapshot rules, DateTimeOffset now) =>
        rules.ConsentsOf(consent.Subject).Where(other =>
            other.Id != consent.Id
            && other.Recipient == consent.Recipient
            && other.Purpose == consent.Purpose
            && other.Dataset == consent.Dataset
            && other.Fields.Any(consent.Fields.Contains)
            && other.ValidTo > now
            && !IsOutdated(other, rules));
}
