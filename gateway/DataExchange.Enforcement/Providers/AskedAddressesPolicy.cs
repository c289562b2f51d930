using DataExchange.Enforcement.Exchanges;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Providers;

/// <summary>
/// Lets YARP's own policy judge an address by the questions that were sent there. One that an open circuit or a full queue kept back
/// went nowhere, and must not put an address out for it.
/// </summary>
internal sealed class AskedAddressesPolicy(IPassiveHealthCheckPolicy inner) : IPassiveHealthCheckPolicy
{
    public string Name => inner.Name;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.Features.Get<ExchangePermit>() is { WasSent: true })
        {
            inner.RequestProxied(context, cluster, destination);
        }
    }
}
