using DataExchange.Contracts.Problems;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>An agreement of this consumer over this dataset is active and in time, names the client, grants the purpose, allows the mode, and has quota left.</summary>
internal static class Gate5Agreement
{
    private const int Number = 5;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Consumer is not { } consumer || evaluation.Dataset is not { } dataset)
        {
            return; // Gates 1 and 4 have said why.
        }

        var entry = evaluation.Rules.FindEntry(dataset.Code);
        var usable = evaluation.Rules.Agreements.Between(consumer.Code, dataset.Code)
            .Where(a => IsInForce(a, entry, evaluation.Now))
            .Select(a => a.Agreement).ToList();

        if (usable.Count == 0)
        {
            ExplainAbsence(evaluation, consumer, dataset, entry);
            return;
        }

        var bound = usable.Where(a => a.Clients.Contains(evaluation.Request.Actor.ClientId)).ToList();
        if (bound.Count == 0)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.ConsumerMismatch, "The agreement does not name this client.");
            return;
        }

        evaluation.Agreement = bound.Find(a => GrantFor(a, evaluation.Request.Purpose) is not null) ?? bound[0];
        evaluation.Grant = GrantFor(evaluation.Agreement, evaluation.Request.Purpose);
        evaluation.Served = entry?.Find(evaluation.Agreement.DatasetRevision)?.Dataset;
        CheckTerms(evaluation, evaluation.Agreement);
    }

    private static void CheckTerms(Evaluation evaluation, SharingAgreement agreement)
    {
        if (evaluation.Grant is not { } grant)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.PurposeNotPermitted, "The agreement grants nothing for this purpose.");
            return;
        }

        if (evaluation.Rules.Membership.IsSuspended(agreement.Provider))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, "The provider is suspended, so the agreement permits nothing.");
        }

        if (evaluation.Dataset!.Modes is { } offered && !offered.Contains(evaluation.Request.Mode))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, "The catalogue does not offer the dataset in this mode of exchange.");
        }
        else if (!Allows(agreement.Mode, evaluation.Request.Mode))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, "The agreement does not cover this mode of exchange.");
        }

        // P-DENY: an obligation that is not understood cannot be passed on in good conscience.
        foreach (var obligation in grant.Obligations.Where(o => !Obligations.Known.Contains(o)))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, $"The grant carries an obligation that is not understood: {obligation}.");
        }

        if (agreement.Quota is { } quota && evaluation.Request.QuotaUsed >= quota.Requests)
        {
            evaluation.RefuseUnlessBroken(Number, ProblemSlugs.QuotaExceeded, null, $"The agreement allows {quota.Describe()}.");
        }
    }

    private static bool IsInForce(AgreementEntry agreed, CatalogueEntry? entry, DateTimeOffset now) =>
        agreed.State == AgreementState.Active
        && entry?.Find(agreed.Agreement.DatasetRevision) is { } signed && signed.Serves(agreed.Agreement)
        && agreed.Agreement.ValidFrom <= now && now < agreed.Agreement.ValidTo;

    private static void ExplainAbsence(Evaluation evaluation, Member consumer, Dataset dataset, CatalogueEntry? entry)
    {
        var all = evaluation.Rules.Agreements.Between(consumer.Code, dataset.Code);
        var own = all.Count > 0 ? all[0] : null;
        evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, own switch
        {
            null => "There is no agreement with this consumer over this dataset.",
            { State: AgreementState.Suspended } => "The agreement is suspended.",
            { State: AgreementState.Terminated } => "The agreement was terminated.",
            { State: not AgreementState.Active } => "The agreement is not active.",
            _ => ExplainRevision(own.Agreement, dataset, entry?.Find(own.Agreement.DatasetRevision)) ?? "The agreement is out of its term.",
        });
    }

    /// <summary>Null when the revision is not what stands in the way.</summary>
    private static string? ExplainRevision(SharingAgreement agreement, Dataset dataset, CatalogueRevision? signed) => signed switch
    {
        { State: RevisionState.Published } => null,
        { State: RevisionState.Withdrawn } => $"The agreement is over revision {agreement.DatasetRevision}, which was withdrawn.",
        { State: RevisionState.Superseded } when signed.FirstBreak(agreement) is { } broken =>
            $"The agreement is over revision {agreement.DatasetRevision}, and revision {dataset.Revision} breaks with it ({broken.Kind}{(broken.Field is null ? "" : " of " + broken.Field)}). {broken.Why}",
        { State: RevisionState.Superseded } => null,
        _ => "The agreement is over another revision of the dataset.",
    };

    private static Grant? GrantFor(SharingAgreement agreement, string purpose) => agreement.Grants.FirstOrDefault(g => g.Purpose == purpose);

    private static bool Allows(ExchangeMode agreed, ExchangeMode asked) =>
        asked is ExchangeMode.Query or ExchangeMode.Batch && (agreed == asked || agreed == ExchangeMode.QueryAndBatch);
}
