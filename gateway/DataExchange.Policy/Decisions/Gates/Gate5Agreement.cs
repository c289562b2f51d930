using DataExchange.Contracts.Problems;
using DataExchange.Policy.Agreements;
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

        var usable = evaluation.Rules.Agreements.Between(consumer.Code, dataset.Code)
            .Where(a => IsInForce(a, dataset, evaluation.Now))
            .Select(a => a.Agreement).ToList();

        if (usable.Count == 0)
        {
            ExplainAbsence(evaluation, consumer, dataset);
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
        CheckTerms(evaluation, evaluation.Agreement);
    }

    private static void CheckTerms(Evaluation evaluation, SharingAgreement agreement)
    {
        if (evaluation.Grant is not { } grant)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.PurposeNotPermitted, "The agreement grants nothing for this purpose.");
            return;
        }

        if (!Allows(agreement.Mode, evaluation.Request.Mode))
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
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.QuotaExceeded, $"The agreement allows {quota.Describe()}.");
        }
    }

    private static bool IsInForce(AgreementEntry entry, Dataset dataset, DateTimeOffset now) =>
        entry.State == AgreementState.Active
        && entry.Agreement.DatasetRevision == dataset.Revision
        && entry.Agreement.ValidFrom <= now && now < entry.Agreement.ValidTo;

    private static void ExplainAbsence(Evaluation evaluation, Member consumer, Dataset dataset)
    {
        var all = evaluation.Rules.Agreements.Between(consumer.Code, dataset.Code);
        var own = all.Count > 0 ? all[0] : null;
        evaluation.Reasons.AboutRequest(Number, ProblemSlugs.AgreementNotActive, own switch
        {
            null => "There is no agreement with this consumer over this dataset.",
            { State: AgreementState.Suspended } => "The agreement is suspended.",
            { State: AgreementState.Terminated } => "The agreement was terminated.",
            { State: not AgreementState.Active } => "The agreement is not active.",
            _ when own.Agreement.DatasetRevision != dataset.Revision => "The agreement is over another revision of the dataset.",
            _ => "The agreement is out of its term.",
        });
    }

    private static Grant? GrantFor(SharingAgreement agreement, string purpose) => agreement.Grants.FirstOrDefault(g => g.Purpose == purpose);

    private static bool Allows(ExchangeMode agreed, ExchangeMode asked) =>
        asked is ExchangeMode.Query or ExchangeMode.Batch && (agreed == asked || agreed == ExchangeMode.QueryAndBatch);
}
