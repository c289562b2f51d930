using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Batch;

/// <summary>
/// A request of its own for one line of a batch, or one need of a case, so that the proxy can balance and forward several at the same time:
/// the services and abort of the request that it is part of, and nothing of its headers and bodies.
/// </summary>
internal static class LineContext
{
    /// <summary>A line of a batch: by the batch's own route.</summary>
    public static HttpContext Create(HttpContext batch) => Create(batch, batch.GetReverseProxyFeature().Route);

    /// <summary>One exchange by any route of the proxy.</summary>
    public static HttpContext Create(HttpContext batch, RouteModel route)
    {
        var request = batch.Request;
        var features = new FeatureCollection(10);
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Path = request.Path,
            Protocol = request.Protocol,
            Scheme = request.Scheme,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestBodyDetectionFeature>(NoBody.Instance);
        features.Set(batch.Features.Get<IServiceProvidersFeature>());
        features.Set<IHttpRequestLifetimeFeature>(new Lifetime(batch));

        // Read anew for each line: a long batch follows what becomes of the provider's addresses while it runs.
        var cluster = route.Cluster ?? throw new InvalidOperationException("A record route without a cluster.");
        features.Set<IReverseProxyFeature>(new ReverseProxyFeature
        {
            Route = route,
            Cluster = cluster.Model,
            AllDestinations = cluster.DestinationsState.AllDestinations,
            AvailableDestinations = cluster.DestinationsState.AvailableDestinations,
        });
        return new DefaultHttpContext(features);
    }

    private sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly NoBody Instance = new();

        public bool CanHaveBody => false;
    }

    private sealed class Lifetime(HttpContext batch) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = batch.RequestAborted;

        public void Abort() => batch.Abort();
    }
}
