using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;

namespace DataExchange.Enforcement.Requests;

/// <summary>Reads a <c>RecordQuery</c> from JSON, strictly: one value, no unknown and no repeated members, then the rules of <see cref="QueryRules"/>.</summary>
internal static class QueryParser
{
    public static RequestReading Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContractsJsonContext.Default.RecordQuery) is { } query
                ? QueryRules.Check(query)
                : RequestReading.Refused(ProblemSlugs.RequestMalformed, "The query is null.");
        }
        catch (JsonException e)
        {
            // Where, and not what: the message would repeat what the caller sent.
            return RequestReading.Refused(ProblemSlugs.RequestMalformed, e is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $"Not a query in strict JSON, near line {line + 1}, byte {position + 1}."
                : "Not a query in strict JSON.");
        }
    }
}
