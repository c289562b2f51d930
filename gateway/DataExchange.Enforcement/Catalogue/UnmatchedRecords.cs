using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>Answers what no record route takes: an unknown dataset, another method, a path that may not be.</summary>
internal static class UnmatchedRecords
{
    public const string Pattern = RecordRoute.Prefix + "{**rest}";

    public static Task AnswerAsync(HttpContext context, GovernanceLedger ledger)
    {
        if (!RecordPath.IsPlain(context))
        {
            return context.WriteProblemAsync(ProblemSlugs.RequestMalformed, "The path is ambiguous: escapes, empty or dotted segments.");
        }

        var segments = (context.Request.RouteValues["rest"] as string ?? "").Split('/');
        if (segments.Length != 3 || ledger.Current.FindDataset($"{segments[0]}/{segments[1]}") is null)
        {
            return context.WriteProblemAsync(ProblemSlugs.NotFound, "There is no such dataset. The catalogue at /v1/catalogue lists them.");
        }

        var offered = segments[2] is RecordRoute.QuerySegment or RecordRoute.BatchSegment ? HttpMethods.Post : HttpMethods.Get;
        if (context.Request.Method == offered)
        {
            // Published since the proxy last read the catalogue.
            context.Response.Headers.RetryAfter = "1";
            return context.WriteProblemAsync(ProblemSlugs.ProviderUnavailable, "The dataset was published a moment ago and is not routed yet. Ask again.");
        }

        context.Response.Headers.Allow = offered;
        return context.WriteProblemAsync(ProblemSlugs.MethodNotAllowed);
    }
}
