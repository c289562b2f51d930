using System.Runtime.CompilerServices;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Answers;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// The last steps: from a provider's answer to a logged release. The release commits only if the rules are still those it was decided
/// under (P-NOW); when they have moved it is decided again, and the newer decision is the one that counts.
/// </summary>
internal sealed class Release(GovernanceLedger ledger, Judge judge, Outcomes outcomes, LogClock clock)
{
    /// <summary>Changes of the rules that one release waits out. Rules that change faster than this leave it refused, not released.</summary>
    private const int MaxDecisions = 64;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ExchangeReply> ReleaseAsync(OpenExchange exchange, ReadOnlyMemory<byte> answer, CancellationToken callerGone)
    {
        var judgement = exchange.Asked;
        var fault = ProviderAnswerValues.Check(answer, exchange.Asked, out var values);
        if (fault != AnswerFault.None || values is null)
        {
            return await outcomes.FailAsync(exchange, judgement, fault == AnswerFault.OtherSubject ? ProblemSlugs.ProviderSubjectMismatch : ProblemSlugs.ProviderSchemaViolation);
        }

        for (var decisions = 1; ; decisions++)
        {
            using var projected = RecordProjection.Project(values, exchange.Asked, judgement);
            if (projected is null)
            {
                return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.ProviderSchemaViolation);
            }

            if (callerGone.IsCancellationRequested)
            {
                return await outcomes.FailCallerGoneAsync(exchange, judgement);
            }

            if (judgement.Decision.Uncounted.Count > 0)
            {
                if (decisions == MaxDecisions || await CountUsesAsync(exchange, judgement) is not { } counted)
                {
                    return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.AuditUnavailable);
                }

                judgement = judge.DecideAgain(judgement, counted, clock.NowMs(), exchange.Intent.Index);
                if (await RefuseAsync(exchange, judgement) is { } unused)
                {
                    return unused;
                }

                continue;
            }

            var (released, governance) = await outcomes.TryReleaseAsync(exchange, judgement, projected);
            if (released is not null)
            {
                using (released)
                {
                    if (!await outcomes.IsWitnessedAsync(released))
                    {
                        return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.AuditUnavailable);
                    }

                    var body = new PooledBuffer(4096);
                    AnswerWriter.Write(body, judgement, exchange.Intent.Index, projected, released);
                    return ExchangeReply.Released(body);
                }
            }

            if (decisions == MaxDecisions)
            {
                return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.AuditUnavailable);
            }

            if (await RulesAtAsync(governance) is not { } rules)
            {
                return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.AuditUnavailable);
            }

            judgement = judge.DecideAgain(judgement, rules, clock.NowMs());
            if (await RefuseAsync(exchange, judgement) is { } refusal)
            {
                return refusal;
            }
        }
    }

    /// <summary>
    /// Counts this exchange's use of consents that permit so many, before anything leaves. A crash from here on leaves it counted, and
    /// nothing released: never one too many.
    /// </summary>
    /// <returns>The rules in which it is counted, or in which others have taken what was left; null when the governance log cannot commit.</returns>
    private async ValueTask<RegionSnapshot?> CountUsesAsync(OpenExchange exchange, Judgement judgement)
    {
        try
        {
            foreach (var id in judgement.Decision.Uncounted)
            {
                await ledger.ExecuteAsync(
                    new UseConsent { By = Party.Gateway, Subject = exchange.Subject.Handle, Id = id, Exchange = exchange.Intent.Index }, exchange.Subject, CancellationToken.None);
            }

            return ledger.Current;
        }
        catch (LogUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The rules that the release met; null when the governance log cannot be read. The access log may well take the outcome all the same.</summary>
    private async ValueTask<RegionSnapshot?> RulesAtAsync(long governance)
    {
        try
        {
            return await ledger.WaitAsync(governance, CancellationToken.None);
        }
        catch (LogUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Null when the newer judgement still lets something of the answer out.</summary>
    private async ValueTask<ExchangeReply?> RefuseAsync(OpenExchange exchange, Judgement judgement)
    {
        if (!judgement.Permits && judgement.Asks)
        {
            return await outcomes.FailHiddenAsync(exchange, judgement);
        }

        if (!judgement.Permits)
        {
            return await outcomes.RefuseAsync(exchange.Subject, judgement, exchange.Intent.Index);
        }

        var asked = exchange.Asked;
        if (judgement.Dataset.Revision != asked.Dataset!.Revision || !judgement.Decision.Permitted.Any(field => asked.Decision.Permitted.Any(known => known.Name == field.Name)))
        {
            // The answer was to another question than the rules would now have put.
            var reply = await outcomes.FailAsync(exchange, judgement, ProblemSlugs.StateConflict);
            return ExchangeReply.Refused(reply.Problem! with { Detail = "The rules changed while the provider was asked. Ask again." });
        }

        return null;
    }
}
