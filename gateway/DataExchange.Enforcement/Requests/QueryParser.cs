using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Requests;

/// <summary>Makes a request of what <see cref="QueryReader"/> reads: strict JSON first, then the rules of <see cref="QueryRules"/>.</summary>
internal static class QueryParser
{
    public static RequestReading Parse(ReadOnlySpan<byte> json)
    {
        var reader = new QueryReader(json);
        return TryRead(ref reader) is { } query ? QueryRules.Check(query) : NotAQuery(json, reader.Position);
    }

    private static RecordQuery? TryRead(ref QueryReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Where, and not what: a message would repeat what the caller sent.
    private static RequestReading NotAQuery(ReadOnlySpan<byte> json, int position)
    {
        var read = json[..position];
        return RequestReading.Refused(
            ProblemSlugs.RequestMalformed, $"Not a query in strict JSON, near line {read.Count((byte)'\n') + 1}, byte {position - read.LastIndexOf((byte)'\n')}.");
    }
}
