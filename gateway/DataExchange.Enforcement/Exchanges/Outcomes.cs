using System.Globalization;
using System.Runtime.CompilerServices;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Agreements;
using DataExchange.Enforcement.Answers;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>Appends how exchanges end, and makes the reply that may follow. No reply is made here before its entry is durable.</summary>
internal sealed partial class Outcomes(AccessLog log, AgreementBreaches breaches, LogClock clock, ILogger<Outcomes> logger)
{
    /// <summary>A circuit's default break: sooner, most tries would meet the same answer.</summary>
    private static readonly TimeSpan RetryUnavailable = TimeSpan.FromSeconds(5);

    /// <summary>The rules refuse: before anybody was asked, or, with the index of the intent, after the provider had answered.</summary>
    public async ValueTask<ExchangeReply> RefuseAsync(Subject subject, Judgement judgement, long? intent = null)
    {
        var record = new PooledBuffer();
        var timeMs = clock.NowMs();
        AccessRecord.WriteDecision(record, LeafKinds.AccessRefused, judgement, timeMs, intent);
        using var logged = await log.AppendAsync(subject, LeafKinds.AccessRefused, timeMs, record);
        await breaches.CountAsync(judgement.Decision.Agreement, judgement.Problem, timeMs);

        var decision = judgement.Seen;
        return ExchangeReply.Refused(Problem.Of(judgement.Problem) with
        {
            Decision = logged.Index.ToString(CultureInfo.InvariantCulture),
            Detail = decision.Reasons.Count > 0 ? decision.Reasons[0].Detail : null,
            Reasons = decision.Reasons,
            DeniedFields = decision.Denied,
            Remedy = decision.Remedy,
            Receipt = logged.ToReceipt(),
        }, judgement.RetryAfter, logged.Index);
    }

    /// <summary>Permitted and asked, but nothing can be released. The judgement is the latest one made.</summary>
    public ValueTask<ExchangeReply> FailAsync(OpenExchange exchange, Judgement judgement, ProblemSlug slug) =>
        FailAsync(exchange, judgement, slug.Code, Problem.Of(slug));

    /// <summary>
    /// A protective hold hides the person: the caller is answered as about somebody whom the provider does not know. The entry says the
    /// truth, sealed for the person and the reviewers.
    /// </summary>
    public ValueTask<ExchangeReply> FailHiddenAsync(OpenExchange exchange, Judgement judgement) =>
        FailAsync(exchange, judgement, ProblemSlugs.SubjectRestricted.Code, Problem.Of(ProblemSlugs.NotFound));

    /// <summary>The caller hung up. The reply goes nowhere; the entry says that nothing was released.</summary>
    public ValueTask<ExchangeReply> FailCallerGoneAsync(OpenExchange exchange, Judgement judgement) =>
        FailAsync(exchange, judgement, AccessRecord.CallerGone, Problem.Of(ProblemSlugs.InternalError, "The caller hung up."));

    /// <summary>Appends the release under the rules it was decided by.</summary>
    /// <returns>The logged release; or null and the present governance size, when the rules have moved and nothing was appended.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(LoggedRecord? Released, long Governance)> TryReleaseAsync(OpenExchange exchange, Judgement judgement, ProjectedRecord projected)
    {
        var record = new PooledBuffer();
        var timeMs = clock.NowMs();
        AccessRecord.WriteReleased(record, judgement, exchange.Intent.Index, projected.Fields, projected.Withheld, projected.Digest, timeMs);
        return await log.AppendAsync(exchange.Subject, LeafKinds.AccessReleased, timeMs, record, pin: judgement.Governance);
    }

    /// <summary>
    /// Whether the witnesses' quorum covers the release, where the policy asks for it. When it does not, nothing may leave, although the
    /// release stands in the log: the entry of the failure that the caller appends says so.
    /// </summary>
    public async ValueTask<bool> IsWitnessedAsync(LoggedRecord released)
    {
        try
        {
            await log.WitnessedAsync(released);
            return true;
        }
        catch (LogUnavailableException exception)
        {
            Log.NotWitnessed(logger, released.Index, exception);
            return false;
        }
    }

    private async ValueTask<ExchangeReply> FailAsync(OpenExchange exchange, Judgement judgement, string code, ExchangeProblem problem)
    {
        var record = new PooledBuffer();
        var timeMs = clock.NowMs();
        AccessRecord.WriteFailed(record, judgement, exchange.Intent.Index, code, timeMs);
        using var logged = await log.AppendAsync(exchange.Subject, LeafKinds.AccessFailed, timeMs, record);
        await breaches.CountAsync(judgement.Decision.Agreement, ProblemSlugs.All.GetValueOrDefault(code), timeMs);
        return ExchangeReply.Refused(problem with
        {
            Decision = exchange.Intent.Index.ToString(CultureInfo.InvariantCulture),
            // Of a person whom the provider does not know, and so of one who is hidden, the caller gets the proof that there is an entry, and
            // not what it says: the two would be told apart by it.
            Receipt = problem.Code == ProblemSlugs.NotFound.Code ? logged.ToReceipt() with { Opening = null } : logged.ToReceipt(),
        }, code == ProblemSlugs.ProviderUnavailable.Code ? RetryUnavailable : null);
    }

    private static partial class Log
    {
        [LoggerMessage(3111, LogLevel.Error, "The release at {Index} of the access log is withheld: no quorum of witnesses has cosigned it.")]
        public static partial void NotWitnessed(ILogger logger, long index, Exception exception);
    }
}
