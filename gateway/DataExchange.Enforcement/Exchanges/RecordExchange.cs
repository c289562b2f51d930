using System.Runtime.CompilerServices;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Providers;
using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Telemetry;
using DataExchange.TransparencyLog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// One exchange, from a parsed request to a reply: decide, log the intent, ask, check, log the outcome. Nothing is asked before the
/// intent is durable, and no reply with a record exists before its release is (P-RECORD). Every way out that is not a logged release
/// is a problem (P-DENY).
/// </summary>
/// <remarks>
/// A crash after the intent leaves an intent without an outcome: somebody may have been asked, and nothing has left. A crash after the
/// outcome leaves a release that the caller may not have received.
/// </remarks>
internal sealed partial class RecordExchange(
    SubjectVault vault,
    GovernanceLedger ledger,
    Judge judge,
    AnomalyWatch watch,
    AccessLog log,
    Outcomes outcomes,
    Release release,
    ProviderDirectory directory,
    LogClock clock,
    TimeProvider time,
    EnforcementMetrics metrics,
    ILogger<RecordExchange> logger)
{
    /// <summary>Runs it. The context carries the permit to the forwarder, so in a batch each line has one of its own; <paramref name="forward"/> is the rest of the proxy's pipeline.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ExchangeReply> RunAsync(HttpContext context, RequestDelegate forward, Asking asking)
    {
        var started = time.GetTimestamp();
        ExchangeReply reply;
        try
        {
            reply = await DecideAsync(context, forward, asking);
        }
        catch (Exception e) when (e is LogUnavailableException or SubjectVaultException)
        {
            // What cannot be logged is not done. The log and the vault say why in their own lines.
            reply = ExchangeReply.Refused(ProblemSlugs.AuditUnavailable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            Log.Failed(logger, asking.Dataset, Describe(e));
            reply = ExchangeReply.Refused(ProblemSlugs.InternalError);
        }

        metrics.Exchanged(asking.Provider, reply.Code, time.GetElapsedTime(started));
        return reply;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeReply> DecideAsync(HttpContext context, RequestDelegate forward, Asking asking)
    {
        var subject = await vault.ResolveAsync(asking.Query.Subject, context.RequestAborted);
        var watched = await watch.ObserveAsync(asking, subject, context.RequestAborted);
        var judgement = await judge.DecideAsync(asking, subject, ledger.Current, clock.NowMs(), watched);
        if (!judgement.Asks)
        {
            var refusal = await outcomes.RefuseAsync(subject, judgement);
            await watch.ConcludeAsync(watched, refusal.Entry!.Value, judgement.Problem.Code);
            return refusal;
        }

        var record = new PooledBuffer();
        var timeMs = clock.NowMs();
        AccessRecord.WriteDecision(record, LeafKinds.AccessRequested, judgement, timeMs);
        using var exchange = new OpenExchange(subject, judgement, await log.AppendAsync(subject, LeafKinds.AccessRequested, timeMs, record));
        try
        {
            await watch.ConcludeAsync(watched, exchange.Intent.Index, problem: null);
            return await AskAsync(context, forward, asking, exchange);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return await outcomes.FailCallerGoneAsync(exchange, judgement);
        }
        catch (Exception e) when (e is not LogUnavailableException)
        {
            Log.Failed(logger, asking.Dataset, Describe(e));
            return await outcomes.FailAsync(exchange, judgement, ProblemSlugs.InternalError);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeReply> AskAsync(HttpContext context, RequestDelegate forward, Asking asking, OpenExchange exchange)
    {
        using var question = new PooledBuffer(4096);
        QuestionWriter.Write(question, exchange.Asked, exchange.Intent);
        using var permit = new ExchangePermit(asking.Provider, question.Memory, directory.OptionsOf(asking.Provider).MaxAnswerBytes);
        context.Features.Set(permit);
        try
        {
            await forward(context);
        }
        finally
        {
            context.Features.Set<ExchangePermit>(null);
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return await outcomes.FailCallerGoneAsync(exchange, exchange.Asked);
        }

        // A person who is hidden has no record that could be faulty.
        return ForwardFault.Of(context, permit) is { } slug && (exchange.Asked.Permits || slug != ProblemSlugs.ProviderSchemaViolation)
            ? await outcomes.FailAsync(exchange, exchange.Asked, slug)
            : !exchange.Asked.Permits ? await outcomes.FailHiddenAsync(exchange, exchange.Asked)
            : await release.ReleaseAsync(exchange, permit.Reply!.Body, context.RequestAborted);
    }

    // Types and frames without the messages: a message may quote what it could not handle, and that is somebody's data.
    private static string Describe(Exception exception)
    {
        var text = new System.Text.StringBuilder();
        for (var e = exception; e is not null; e = e.InnerException)
        {
            text.AppendLine(e.GetType().FullName).AppendLine(e.StackTrace);
        }

        return text.ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(3002, LogLevel.Error, "An exchange over {Dataset} failed in a way nobody foresaw; nothing was released. {Exception}")]
        public static partial void Failed(ILogger logger, string dataset, string exception);
    }
}
