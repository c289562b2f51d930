using Microsoft.AspNetCore.Http;
using Polly;
using Polly.Timeout;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Providers;

/// <summary>
/// Lets YARP's own policy judge an address by the questions that went there. Those that an open circuit or a full queue refused went
/// nowhere, and must not put an address out for it.
/// </summary>
internal sealed class AskedAddressesPolicy(IPassiveHealthCheckPolicy inner) : IPassiveHealthCheckPolicy
{
    public string Name => inner.Name;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        // A time-out is a rejection too in Polly's words, but somebody was asked and did not answer.
        if (context.Features.Get<IForwarderErrorFeature>() is not { Exception: ExecutionRejectedException and not TimeoutRejectedException })
        {
            inner.RequestProxied(context, cluster, destination);
        }
    }
}
