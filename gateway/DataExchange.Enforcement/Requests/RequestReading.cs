using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Requests;

/// <summary>What came of reading a request: a query, or the problem with it.</summary>
internal readonly record struct RequestReading(RecordQuery? Query, ExchangeProblem? Problem)
{
    public static RequestReading Of(RecordQuery query) => new(query, null);

    public static RequestReading Refused(ProblemSlug slug, string detail) => new(null, Problems.Problem.Of(slug, detail));
}
