using System.Net.ServerSentEvents;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;

namespace DataExchange.Gateway.Cases.Gathering;

/// <summary><c>POST /v1/cases/{id}/gather</c>: as server-sent events where the caller takes them, and otherwise as one document at the end.</summary>
internal static class GatherEndpoint
{
    public const string EventStream = "text/event-stream";

    public static async Task<IResult> GatherAsync(string id, CaseGathering body, CaseGatherings gatherings, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (gathering, problem) = await gatherings.StartAsync(id, body, context);
        if (gathering is null)
        {
            return problem!;
        }

        return WantsEvents(context.Request)
            ? TypedResults.ServerSentEvents(gathering.RunAsync(context.RequestAborted))
            : Results.Ok(await CollectAsync(gathering.RunAsync(context.RequestAborted)));
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(range => range.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase) && range.Quality is null or > 0);

    private static async Task<CaseGathered> CollectAsync(IAsyncEnumerable<SseItem<object>> events)
    {
        var (needs, last, problem) = (new List<GatheredNeedView>(), default(CaseView), default(ExchangeProblem));
        await foreach (var item in events)
        {
            switch (item.Data)
            {
                case GatheredNeedView need:
                    needs.Add(need);
                    break;
                case CaseView view:
                    last = view;
                    break;
                case ExchangeProblem failure:
                    problem = failure;
                    break;
            }
        }

        return new CaseGathered { Needs = needs, Case = problem is null ? last : null, Problem = problem };
    }
}
