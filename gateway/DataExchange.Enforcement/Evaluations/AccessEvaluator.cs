using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Quotas;
using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Telemetry;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Evaluations;

/// <summary>
/// Answers what the rules say without an exchange. The answer alone tells something about a person (that they consented, that they did
/// not), so it is logged like any other use of their data, sealed for them and in their list, before it is given (P-RECORD, P-MINE).
/// A place in the agreement's quota is looked at and not taken.
/// </summary>
public sealed class AccessEvaluator
{
    private readonly SubjectVault _vault;
    private readonly GovernanceLedger _ledger;
    private readonly QuotaWindows _quotas;
    private readonly AccessLog _log;
    private readonly LogClock _clock;
    private readonly EnforcementMetrics _metrics;

    internal AccessEvaluator(SubjectVault vault, GovernanceLedger ledger, QuotaWindows quotas, AccessLog log, LogClock clock, EnforcementMetrics metrics)
    {
        (_vault, _ledger, _quotas) = (vault, ledger, quotas);
        (_log, _clock, _metrics) = (log, clock, metrics);
    }

    /// <summary>What is wrong with the form of a question, by the rules for every query; null for nothing.</summary>
    public static ExchangeProblem? Check(EvaluationQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Codes.IsDatasetCode(question.Dataset)
            ? QueryRules.Check(question.Query).Problem
            : Problems.Problem.Of(ProblemSlugs.RequestMalformed, "A dataset is named {member}/{name}.");
    }

    /// <summary>Decides and logs. The question's form was checked.</summary>
    /// <exception cref="LogUnavailableException">It cannot be logged, so nothing is said.</exception>
    /// <exception cref="SubjectVaultException">The vault does not answer.</exception>
    public async ValueTask<AccessEvaluation> EvaluateAsync(EvaluationQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var query = question.Query;
        var subject = await _vault.ResolveAsync(query.Subject, cancellationToken);
        var judgement = await DecideAsync(question, subject, _ledger.Current, _clock.NowMs());
        _metrics.Decided(judgement.Code);

        var record = new PooledBuffer();
        var timeMs = _clock.NowMs();
        AccessRecord.WriteDecision(record, LeafKinds.AccessEvaluated, judgement, timeMs, asker: question.Asker);
        using var logged = await _log.AppendAsync(subject, LeafKinds.AccessEvaluated, timeMs, record);
        return new AccessEvaluation(logged.Index, Disclosure.ToEnforcer(judgement.Decision));
    }

    private async ValueTask<Judgement> DecideAsync(EvaluationQuestion question, Subject subject, RegionSnapshot rules, long timeMs)
    {
        var query = question.Query;
        var request = new ExchangeRequest
        {
            Actor = question.Actor,
            Subject = subject.Handle,
            SubjectScheme = query.Subject.Scheme,
            BirthDate = SubjectNumber.BirthDate(query.Subject),
            Dataset = question.Dataset,
            Purpose = query.Purpose,
            Fields = query.Fields,
            Mode = question.Mode,
            Lenient = true, // Which fields would be permitted is part of the answer, also where not all are.
            Case = query.Case,
            Mandate = query.Mandate,
        };
        var judgement = Judge.Decide(query.Subject, request, rules, timeMs);
        return judgement.Asks && QuotaWindows.QuotaOf(judgement.Decision.Agreement!, rules) is { } quota
            && await _quotas.UsedAsync(judgement.Decision.Agreement!, quota, timeMs, rules.Calendar.Working.Offset) is var used and > 0
                ? Judge.Decide(query.Subject, request with { QuotaUsed = used }, rules, timeMs)
                : judgement;
    }
}
