using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Consents;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Cases;

/// <summary>
/// Asks for, and decides, the consents of a case: a command for each, because each is a consent of its own that can be given, refused and
/// withdrawn without the others. Whatever part was done before a failure stands, and doing it again does the rest.
/// </summary>
public sealed class CaseConsentSender(GovernanceLedger ledger, CaseAccess access, TimeProvider clock)
{
    /// <summary>Asks for every consent that the case lacks, as its department.</summary>
    public async Task<CaseConsents> RequestAsync(VisibleCase visible, CaseConsentRequest request, CancellationToken cancellationToken)
    {
        var @case = visible.Case;
        var subject = await access.SubjectOfAsync(@case, cancellationToken);
        var (consents, problems) = (new List<ConsentView>(), new List<CaseConsentProblem>());
        foreach (var missing in MissingConsents.Of(@case, visible.Matter.Matter, visible.Rules, clock.GetUtcNow()))
        {
            if (missing.Pending is { } pending)
            {
                consents.Add(ConsentViews.Show(pending, visible.Rules, clock.GetUtcNow()));
                continue;
            }

            if (missing.Notice is null)
            {
                problems.Add(new CaseConsentProblem(missing.Need.Code, Problem.Of(ProblemSlugs.NotFound, "No notice is published that speaks of these fields, so nobody can be asked.")));
                continue;
            }

            var result = await ledger.ExecuteAsync(
                new RequestConsent
                {
                    By = visible.By,
                    Subject = subject.Handle,
                    Recipient = @case.Department,
                    Notice = missing.Notice.Code,
                    Language = request.Language,
                    Purpose = missing.Need.Purpose,
                    Dataset = missing.Need.Dataset,
                    Fields = missing.Fields,
                    Kind = missing.Kind,
                    ValidTo = request.ValidTo ?? @case.Expires,
                },
                subject, cancellationToken);
            Add(result, missing.Need.Code, consents, problems);
        }

        return new CaseConsents { Link = LinkTo(@case), Consents = consents, Problems = problems };
    }

    /// <summary>Decides the consents that the person names. Only what is asked of them for this case can be decided here.</summary>
    public async Task<CaseConsents> DecideAsync(VisibleCase visible, MyCaseDecisions decisions, CancellationToken cancellationToken)
    {
        var @case = visible.Case;
        var subject = await access.SubjectOfAsync(@case, cancellationToken);
        var asked = MissingConsents.Of(@case, visible.Matter.Matter, visible.Rules, clock.GetUtcNow()).Select(missing => missing.Pending?.Id).ToHashSet(StringComparer.Ordinal);
        var (consents, problems) = (new List<ConsentView>(), new List<CaseConsentProblem>());
        foreach (var decision in decisions.Decisions)
        {
            if (!asked.Contains(decision.Consent))
            {
                problems.Add(new CaseConsentProblem(decision.Consent, Problem.Of(ProblemSlugs.NotFound, "No such consent is asked for in this case, or it is decided already.")));
                continue;
            }

            var result = await ledger.ExecuteAsync(
                new DecideConsent
                {
                    By = visible.By,
                    Subject = subject.Handle,
                    Id = decision.Consent,
                    Decision = decision.Give ? ConsentDecision.Give : ConsentDecision.Refuse,
                },
                subject, cancellationToken);
            Add(result, decision.Consent, consents, problems);
        }

        return new CaseConsents { Link = LinkTo(@case), Consents = consents, Problems = problems };
    }

    private void Add(CommandResult result, string about, List<ConsentView> consents, List<CaseConsentProblem> problems)
    {
        if (result.Problem is not null)
        {
            problems.Add(new CaseConsentProblem(about, result.ToProblem().Problem));
            return;
        }

        consents.Add(ConsentViews.Show(result.Rules!.FindConsent(result.Id!)!, result.Rules!, clock.GetUtcNow(), result.Receipt));
    }

    private static string LinkTo(CaseRecord @case) => "/v1/me/cases/" + @case.Id;
}
