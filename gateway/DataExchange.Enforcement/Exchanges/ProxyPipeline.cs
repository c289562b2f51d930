using System.Diagnostics.CodeAnalysis;
using DataExchange.Enforcement.Catalogue;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// The proxy's pipeline behind the exchange, for exchanges that do not come in by a record route: there is one way to a provider, and
/// whoever leads an exchange takes it.
/// </summary>
internal sealed class ProxyPipeline(IProxyStateLookup routes)
{
    private RequestDelegate? _forward;

    /// <summary>Balancing, health checks and forwarding.</summary>
    public RequestDelegate Forward => _forward ?? throw new InvalidOperationException("There is no proxy yet: MapDataExchange comes before anything is exchanged.");

    /// <summary>Takes its place in the pipeline: keeps what follows, and adds no step of its own.</summary>
    public RequestDelegate Keep(RequestDelegate next) => _forward = next;

    /// <summary>The route by which single records of a dataset are asked for.</summary>
    public bool TryFindRoute(string dataset, [NotNullWhen(true)] out RouteModel? route) => routes.TryGetRoute(RecordRoute.IdOf(dataset, RecordForm.Query), out route);
}
