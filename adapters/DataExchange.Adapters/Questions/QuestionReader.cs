using System.Net.Http.Headers;
using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Adapters.Questions;

/// <summary>Reads the question strictly: JSON, UTF-8, every member known, none twice, nothing after it.</summary>
internal static class QuestionReader
{
    // No numbering scheme comes near it, and no back end has to think about control characters.
    private const int LongestSubject = 256;

    /// <summary>The question, or null and the problem to answer.</summary>
    public static async ValueTask<(ProviderQuery? Query, ProblemSlug? Problem, string Detail)> ReadAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            return (null, ProblemSlugs.UnsupportedMediaType, "Send application/json in UTF-8.");
        }

        try
        {
            var query = await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJsonContext.Default.ProviderQuery, context.RequestAborted);
            return query is null || !IsWellFormed(query)
                ? (null, ProblemSlugs.RequestMalformed, "The body is not a question: name a subject, and fields without repeats.")
                : (query, null, "");
        }
        catch (JsonException)
        {
            // The reader's message may quote the body, and so a person.
            return (null, ProblemSlugs.RequestMalformed, "The body is not a question as the contract describes it.");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ProblemSlugs.PayloadTooLarge, "The body is larger than this adapter takes.");
        }
        catch (IOException)
        {
            return (null, ProblemSlugs.RequestMalformed, "The body ended early or was not framed as HTTP asks.");
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType == "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || string.Equals(type.CharSet, "utf-8", StringComparison.OrdinalIgnoreCase)));

    private static bool IsWellFormed(ProviderQuery query) =>
        query.Subject.Value is { Length: > 0 and <= LongestSubject } && !query.Subject.Value.Any(char.IsControl) && query.Fields.Count > 0
        && query.Fields.All(field => field is not null) && query.Fields.Distinct(StringComparer.Ordinal).Count() == query.Fields.Count;
}
