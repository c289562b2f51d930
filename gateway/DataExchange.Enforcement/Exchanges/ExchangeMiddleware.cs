using System.Diagnostics;
using System.Runtime.CompilerServices;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Batch;
using DataExchange.Enforcement.Catalogue;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Configuration;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>The first step of the proxy's pipeline: reads who asks what, and hands it to the exchange. What cannot be read goes no further.</summary>
internal sealed class ExchangeMiddleware(RequestDelegate next, RecordExchange exchange, BatchExchange batch, GovernanceLedger ledger)
{
    private readonly ConditionalWeakTable<RouteConfig, RecordRoute?> _routes = [];

    public Task InvokeAsync(HttpContext context)
    {
        if (_routes.GetValue(context.GetRouteModel().Config, RecordRoute.Of) is not { } route)
        {
            return context.WriteProblemAsync(ProblemSlugs.InternalError);
        }

        if (route.Form == RecordForm.Get)
        {
            // The path holds an identity number. It is in no log line of ours, and from here on in no span either.
            Activity.Current?.SetTag("url.path", RecordRoute.Prefix + route.Dataset + "/{" + RecordRoute.SubjectParameter + "}");
        }

        if (!RecordPath.IsPlain(context))
        {
            return context.WriteProblemAsync(ProblemSlugs.RequestMalformed, "The path is ambiguous: escapes, empty or dotted segments.");
        }

        // An upgrade would be YARP's to negotiate, with the caller's own header values. Nothing here is upgraded.
        context.Request.Headers.Remove(HeaderNames.Upgrade);
        return context.Features.Get<Actor>() is not { } actor ? RefuseUnknownAsync(context)
            : route.Form == RecordForm.Batch ? batch.RunAsync(context, next, route.Dataset, actor)
            : ExchangeAsync(context, route, actor);
    }

    private async Task ExchangeAsync(HttpContext context, RecordRoute route, Actor actor)
    {
        var reading = route.Form == RecordForm.Query ? await QueryBody.ReadAsync(context) : ReadUrl(context, route);
        if (reading.Query is not { } query)
        {
            await context.WriteProblemAsync(reading.Problem!);
            return;
        }

        var lenient = Preference.IsLenient(context.Request.Headers[Preference.Header]);
        using var reply = await exchange.RunAsync(context, next, new Asking(actor, route.Dataset, query, ExchangeMode.Query, lenient));
        if (reply.Problem?.Code == ProblemSlugs.StepUpRequired.Code && ledger.Current.Monitoring?.StepUpAcr is { } acr)
        {
            // RFC 9470 §3.
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_user_authentication\", acr_values=\"{acr}\"";
        }

        await ReplyWriter.WriteAsync(context, reply, lenient);
    }

    private RequestReading ReadUrl(HttpContext context, RecordRoute route)
    {
        if (context.Request.RouteValues[RecordRoute.SubjectParameter] is RecordRoute.QuerySegment or RecordRoute.BatchSegment)
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return RequestReading.Refused(ProblemSlugs.MethodNotAllowed, "Use POST here.");
        }

        return ledger.Current.FindDataset(route.Dataset) is { } dataset
            ? QueryUrl.Read(context.Request, dataset.SubjectScheme)
            : RequestReading.Refused(ProblemSlugs.NotFound, "There is no such dataset.");
    }

    // Who calls was found out before the proxy; an actor is set only from a token that verified.
    private static Task RefuseUnknownAsync(HttpContext context)
    {
        var sent = context.Request.Headers.Authorization.Count > 0;
        context.Response.Headers.WWWAuthenticate = sent ? "Bearer error=\"invalid_token\"" : "Bearer";
        return context.WriteProblemAsync(sent ? ProblemSlugs.TokenInvalid : ProblemSlugs.TokenMissing);
    }
}
