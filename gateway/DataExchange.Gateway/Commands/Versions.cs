using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using Microsoft.Net.Http.Headers;

namespace DataExchange.Gateway.Commands;

/// <summary>Headers of commands (RFC 9110 §13.1.1, draft-ietf-httpapi-idempotency-key-header). A thing's version is the index of the newest governance entry about it, and its strong entity tag that number in quotes.</summary>
public static class Versions
{
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Answers with the version of what is shown.</summary>
    public static void SetVersion(this HttpResponse response, long logIndex) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{logIndex}\"");

    /// <summary>The version that the caller demands; null for any.</summary>
    /// <exception cref="BadHttpRequestException">The header is no entity tag that this gateway gives.</exception>
    public static long? IfMatch(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
        {
            return null;
        }

        return EntityTagHeaderValue.TryParse(header.ToString(), out var tag) && !tag.IsWeak
            && long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new BadHttpRequestException("If-Match names no version; send the ETag of the resource as it was read.");
    }

    /// <summary>The problem of a change that has to say which version it is of, and does not; null when it does.</summary>
    public static ProblemResult? DemandVersion(this HttpRequest request) => request.Headers.IfMatch.Count > 0
        ? null
        : new ProblemResult(ProblemSlugs.PreconditionRequired, "Send If-Match with the ETag of the resource as it was read, so that nobody else's change is lost.");

    /// <summary>The key that the caller gave, without the quotes that a structured field has; null for none.</summary>
    /// <exception cref="BadHttpRequestException">It is empty, too long, given twice, or no visible ASCII.</exception>
    internal static string? IdempotencyKey(this HttpRequest request)
    {
        var header = request.Headers[IdempotencyKeyHeader];
        if (header.Count == 0)
        {
            return null;
        }

        var key = header.ToString().Trim();
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        return header.Count == 1 && key.Length is > 0 and <= Idempotency.MaxKeyLength && key.All(c => c is > ' ' and <= '~' and not '"')
            ? key
            : throw new BadHttpRequestException($"Idempotency-Key is one text of 1 to {Idempotency.MaxKeyLength} visible characters.");
    }
}
