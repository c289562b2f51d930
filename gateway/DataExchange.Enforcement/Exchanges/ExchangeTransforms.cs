using System.Collections.Concurrent;
using DataExchange.Contracts.Providers;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// Makes the upstream request from scratch: method, path and headers are ours, the question comes from the permit. Nothing textual of
/// the caller goes upstream, and nothing of the provider's answer goes downstream by YARP's hand.
/// </summary>
internal sealed class ExchangeTransforms : ITransformProvider
{
    private const string Json = "application/json";

    private readonly ConcurrentDictionary<string, Uri> _targets = new(StringComparer.Ordinal);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.CopyRequestHeaders = false;
        context.CopyResponseHeaders = false;
        context.CopyResponseTrailers = false;
        context.UseDefaultForwarders = false;
        context.AddRequestTransform(Ask);
        context.AddResponseTransform(Keep);
    }

    private ValueTask Ask(RequestTransformContext context)
    {
        var request = context.ProxyRequest;
        request.Method = HttpMethod.Post;
        request.RequestUri = _targets.GetOrAdd(context.DestinationPrefix, prefix => new Uri(new Uri(prefix), ProviderProtocol.QueryPath));
        request.Headers.TryAddWithoutValidation(HeaderNames.Accept, Json);

        // Present: the forwarder has checked. Were it not, the handler would send a question without a body, which no adapter answers.
        if (context.HttpContext.Features.Get<ExchangePermit>() is { } permit)
        {
            request.Options.Set(ExchangePermit.Option, permit);
        }

        return default;
    }

    private static ValueTask Keep(ResponseTransformContext context)
    {
        // The answer lies in the permit. It leaves only after it was checked, projected and logged.
        context.SuppressResponseBody = true;
        return default;
    }
}
