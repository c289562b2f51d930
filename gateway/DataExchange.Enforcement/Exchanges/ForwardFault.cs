using System.Net;
using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Providers;
using Microsoft.AspNetCore.Http;
using Polly.Timeout;
using Yarp.ReverseProxy.Forwarder;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>Reads off what a forward came to: the slug of its failure, or null when the provider answered with a record.</summary>
internal static class ForwardFault
{
    public static ProblemSlug? Of(HttpContext context, ExchangePermit permit)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is { } error)
        {
            return OfError(error);
        }

        return permit.Reply switch
        {
            { Status: HttpStatusCode.OK } => null,
            { Status: HttpStatusCode.NotFound } reply when SaysNotFound(reply.Body.Span) => ProblemSlugs.NotFound,
            { } reply when (int)reply.Status is >= 200 and < 300 => ProblemSlugs.ProviderSchemaViolation,
            { } => ProblemSlugs.ProviderUnavailable,
            // Nobody was asked and nobody said why: the forwarder refused, or a middleware swallowed the request.
            null => ProblemSlugs.InternalError,
        };
    }

    private static ProblemSlug OfError(IForwarderErrorFeature feature) => feature switch
    {
        { Exception: TimeoutRejectedException } or { Error: ForwarderError.RequestTimedOut } => ProblemSlugs.ProviderTimeout,
        { Exception: AnswerTooLongException } => ProblemSlugs.ProviderSchemaViolation,
        { Error: ForwarderError.RequestCreation } => ProblemSlugs.InternalError,
        _ => ProblemSlugs.ProviderUnavailable,
    };

    // Only the protocol's own answer means that the register has no such record. Any other 404 means that we did not reach the adapter.
    private static bool SaysNotFound(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractsJsonContext.Default.ExchangeProblem)?.Code == ProblemSlugs.NotFound.Code;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
