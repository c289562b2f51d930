using System.Collections.Frozen;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Receipts;
using DataExchange.Adapters.Records;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Questions;

/// <summary>One question, from body to answer: read it, check that it was logged, map it, ask the source, check what came, answer.</summary>
internal sealed partial class QuestionHandler(
    IntentCheck intents, IRecordSource source, AdapterOptions options, AdapterMetrics metrics, TimeProvider clock, ILogger<QuestionHandler> logger)
{
    private readonly FrozenDictionary<string, DatasetMap> _datasets = source.Datasets.ToFrozenDictionary(map => map.Code, StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var dataset = "";
        try
        {
            var (query, problem, detail) = await QuestionReader.ReadAsync(context);
            if (query is null)
            {
                await RefuseAsync(context, dataset, problem!, detail);
                return;
            }

            // Before anything else is looked at: who cannot show a logged intent learns nothing, not even which datasets are here.
            var verdict = intents.Check(query);
            if (verdict != IntentVerdict.Accepted)
            {
                Log.IntentRefused(logger, verdict, query.Intent.Index);
                await RefuseAsync(context, dataset, ProblemSlugs.ActorNotAuthorised, $"The intent receipt does not cover this question: {verdict}.");
                return;
            }

            if (!TryMap(query, out var question, out problem, out detail))
            {
                await RefuseAsync(context, dataset, problem, detail);
                return;
            }

            dataset = question.Dataset.Code;
            await AnswerAsync(context, query, question);
        }
        catch (SourceException exception)
        {
            Log.SourceFailed(logger, dataset, exception.Slug.Code, exception.Message, exception.InnerException?.GetType().FullName);
            await RefuseAsync(context, dataset, exception.Slug, exception.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
            metrics.Ended(dataset, "abandoned");
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // Its type and place, not its message, which may quote a person's data.
            Log.Defect(logger, dataset, exception.GetType().FullName, exception.StackTrace);
            await RefuseAsync(context, dataset, ProblemSlugs.InternalError, "The adapter failed; its log says where.");
        }
    }

    private async Task AnswerAsync(HttpContext context, ProviderQuery query, SourceQuestion question)
    {
        // A register knows nobody by a number of another scheme.
        var record = query.Subject.Scheme == question.Dataset.SubjectScheme ? await FindAsync(question, context.RequestAborted) : null;
        if (record is null)
        {
            await RefuseAsync(context, question.Dataset.Code, ProblemSlugs.NotFound, "The register does not know this subject.");
        }
        else if (!string.Equals(record.Subject, question.Subject, StringComparison.Ordinal))
        {
            Log.OtherSubject(logger, question.Dataset.Code);
            await RefuseAsync(context, question.Dataset.Code, ProblemSlugs.ProviderSubjectMismatch, "The back end answered about another subject.");
        }
        else if (!Fits(record, question.Fields))
        {
            throw SourceException.SchemaViolation("The source's values do not fit the fields asked for.");
        }
        else
        {
            await AnswerWriter.WriteAsync(context, query, question, record);
            metrics.Ended(question.Dataset.Code, "answered");
        }
    }

    private async ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(options.AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, patience.Token);
        var startedAt = clock.GetTimestamp();
        try
        {
            return await source.FindAsync(question, either.Token);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw SourceException.Timeout("The back end took longer than Adapter:Limits:AnswerTimeout.", exception);
        }
        finally
        {
            metrics.SourceTook(question.Dataset.Code, startedAt, clock);
        }
    }

    private bool TryMap(ProviderQuery query, out SourceQuestion question, out ProblemSlug problem, out string detail)
    {
        (question, problem, detail) = (null!, ProblemSlugs.StateConflict, "");
        if (!_datasets.TryGetValue(query.Dataset, out var map) || !map.Revisions.Contains(query.Revision))
        {
            detail = map is null ? "This adapter does not serve the dataset." : $"This adapter serves revision {string.Join(", ", map.Revisions.Order())} of the dataset.";
            return false;
        }

        var fields = new FieldMap[query.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!map.ByName.TryGetValue(query.Fields[i], out fields[i]!))
            {
                (problem, detail) = (ProblemSlugs.UnknownField, "This adapter does not map every field asked for.");
                return false;
            }
        }

        question = new SourceQuestion(map, query.Subject.Value, fields);
        return true;
    }

    private static bool Fits(SourceRecord record, IReadOnlyList<FieldMap> fields)
    {
        var fits = record.Values.Count == fields.Count;
        for (var i = 0; fits && i < fields.Count; i++)
        {
            fits = record.Values[i].Fits(fields[i].Type);
        }

        return fits;
    }

    private Task RefuseAsync(HttpContext context, string dataset, ProblemSlug slug, string detail)
    {
        metrics.Ended(dataset, slug.Code);
        return Problems.WriteAsync(context, slug, detail);
    }

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Warning, "Refused a question whose intent receipt does not cover it: {Verdict}, log index {Index}")]
        public static partial void IntentRefused(ILogger logger, IntentVerdict verdict, long index);

        [LoggerMessage(7002, LogLevel.Warning, "The source of {Dataset} failed with {Code}: {Detail} ({Cause})")]
        public static partial void SourceFailed(ILogger logger, string dataset, string code, string detail, string? cause);

        [LoggerMessage(7003, LogLevel.Error, "The source of {Dataset} answered about another subject")]
        public static partial void OtherSubject(ILogger logger, string dataset);

        [LoggerMessage(7004, LogLevel.Error, "A question about {Dataset} failed by {Type}\n{Place}")]
        public static partial void Defect(ILogger logger, string dataset, string? type, string? place);
    }
}
