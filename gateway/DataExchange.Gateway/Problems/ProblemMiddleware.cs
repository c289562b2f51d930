using System.Diagnostics;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Storage;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Problems;

/// <summary>Gives every error of every endpoint the one shape it has here: also those that routing, model binding and Kestrel raise, and those nobody foresaw.</summary>
public sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone. What was to be logged of the exchange is the exchange's affair; there is nobody to answer.
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var slug = SlugOf(e);
            if (slug.Status == StatusCodes.Status500InternalServerError)
            {
                Log.Unforeseen(logger, Describe(e));
            }
            else if (e is StorageException or LogCorruptException)
            {
                Log.Unreadable(logger, e.Message);
            }

            context.Response.Clear();
            await context.WriteProblemAsync(slug, DetailOf(e));
            return;
        }
        catch (Exception e)
        {
            // Half an answer cannot be taken back. The server would log the message, which may repeat data; so it is ended here.
            Log.CutOff(logger, Describe(e));
            context.Abort();
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            await context.WriteProblemAsync(SlugOf(context.Response.StatusCode));
        }
    }

    private static ProblemSlug SlugOf(Exception e) => e switch
    {
        BadHttpRequestException bad => SlugOf(bad.StatusCode),
        // The body reader's word for a charset that nobody knows.
        InvalidOperationException { Source: "Microsoft.AspNetCore.Http.Extensions" } => ProblemSlugs.UnsupportedMediaType,
        // What cannot be logged is not done, and of what cannot be read nothing is said.
        LogUnavailableException or SubjectVaultException or StorageException or LogCorruptException => ProblemSlugs.AuditUnavailable,
        _ => ProblemSlugs.InternalError,
    };

    private static ProblemSlug SlugOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ProblemSlugs.TokenMissing,
        StatusCodes.Status403Forbidden => ProblemSlugs.ActorNotAuthorised,
        StatusCodes.Status404NotFound => ProblemSlugs.NotFound,
        StatusCodes.Status405MethodNotAllowed => ProblemSlugs.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => ProblemSlugs.PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType => ProblemSlugs.UnsupportedMediaType,
        < 500 => ProblemSlugs.RequestMalformed,
        _ => ProblemSlugs.InternalError,
    };

    // Where, and not what: the parser's own message may repeat what the caller sent.
    private static string? DetailOf(Exception e) =>
        e.InnerException is JsonException json ? $"The JSON cannot be read at line {json.LineNumber + 1}, byte {json.BytePositionInLine}." : null;

    // Types and frames, without the messages: these may repeat what the caller sent.
    private static string Describe(Exception e)
    {
        var text = new System.Text.StringBuilder();
        for (var at = e; at is not null; at = at.InnerException)
        {
            text.Append(at.GetType().FullName).AppendLine().Append(new StackTrace(at, fNeedFileInfo: true));
        }

        return text.ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Error, "A request failed in a way nobody foresaw; nothing was released. {Exception}")]
        public static partial void Unforeseen(ILogger logger, string exception);

        [LoggerMessage(5004, LogLevel.Error, "A request failed after its answer had begun; the connection was cut. {Exception}")]
        public static partial void CutOff(ILogger logger, string exception);

        // The message of a store names files, logs and sizes, never a stored value.
        [LoggerMessage(5003, LogLevel.Error, "A request needed what cannot be read from the data folder, and was refused. {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
