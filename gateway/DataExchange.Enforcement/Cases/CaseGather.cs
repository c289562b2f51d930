using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Batch;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Problems;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Cases;

/// <summary>
/// Asks for everything that a case needs, several departments at once. Each need is an exchange like any other, decided, logged and
/// released for itself; a department that is slow or down keeps nobody waiting but itself, and nothing that is gathered is kept.
/// </summary>
public sealed class CaseGather
{
    /// <summary>Needs of one case that are under way at once.</summary>
    private const int Concurrency = 8;

    private readonly RecordExchange _exchange;
    private readonly ProxyPipeline _proxy;

    internal CaseGather(RecordExchange exchange, ProxyPipeline proxy) => (_exchange, _proxy) = (exchange, proxy);

    /// <summary>Runs the exchanges and gives each as it ends.</summary>
    /// <param name="context">The request that they are part of; when it is aborted, those under way end in outcomes that say so.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="subject">Whose case it is.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="needs">What to ask for.</param>
    /// <param name="cancellationToken">Starts no more.</param>
    public async IAsyncEnumerable<GatheredNeed> RunAsync(
        HttpContext context, Actor actor, SubjectRef subject, string caseId, IReadOnlyList<MatterNeed> needs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ended = Channel.CreateUnbounded<GatheredNeed>(new UnboundedChannelOptions { SingleReader = true });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cancellationToken);
        using var places = new SemaphoreSlim(Concurrency);
        var running = RunAllAsync();
        try
        {
            await foreach (var need in ended.Reader.ReadAllAsync(cancellationToken))
            {
                yield return need;
            }
        }
        finally
        {
            // Nobody reads any more: none is started. Those under way owe the log an outcome, and are waited for.
            await gone.CancelAsync();
            await running;
        }

        async Task RunAllAsync()
        {
            try
            {
                await Task.WhenAll(needs.Select(async need =>
                {
                    if (await AskInTurnAsync(context, actor, subject, caseId, need, places, gone.Token) is { } answered)
                    {
                        ended.Writer.TryWrite(answered);
                    }
                }));
            }
            finally
            {
                ended.Writer.Complete();
            }
        }
    }

    /// <summary>Null when nobody waits for it any more.</summary>
    private async Task<GatheredNeed?> AskInTurnAsync(
        HttpContext context, Actor actor, SubjectRef subject, string caseId, MatterNeed need, SemaphoreSlim places, CancellationToken gone)
    {
        try
        {
            await places.WaitAsync(gone);
            try
            {
                return await AskAsync(context, actor, subject, caseId, need);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<GatheredNeed> AskAsync(HttpContext context, Actor actor, SubjectRef subject, string caseId, MatterNeed need)
    {
        if (!_proxy.TryFindRoute(need.Dataset, out var route))
        {
            return new GatheredNeed(need, null, Problem.Of(ProblemSlugs.NotFound, "The dataset is no longer published."));
        }

        var query = new RecordQuery { Subject = subject, Purpose = need.Purpose, Fields = need.Fields, Case = caseId };
        using var reply = await _exchange.RunAsync(
            LineContext.Create(context, route), _proxy.Forward, new Asking(actor, need.Dataset, query, ExchangeMode.Query, Lenient: false));
        return reply.Answer is { } answer
            ? new GatheredNeed(need, JsonSerializer.Deserialize(answer.Span, ContractsJsonContext.Default.RecordAnswer), null)
            : new GatheredNeed(need, null, reply.Problem);
    }
}
