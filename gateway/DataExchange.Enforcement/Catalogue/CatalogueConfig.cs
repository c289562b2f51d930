using DataExchange.Enforcement.Providers;
using DataExchange.Policy.Model;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>The proxy's routes and clusters at one moment: a route a dataset and form, a cluster a department that provides any.</summary>
internal sealed class CatalogueConfig : IProxyConfig
{
    public CatalogueConfig(IEnumerable<Dataset> datasets, ProviderDirectory directory, IChangeToken changeToken)
    {
        var routes = new List<RouteConfig>();
        var clusters = new Dictionary<string, ClusterConfig>(StringComparer.Ordinal);
        foreach (var dataset in datasets)
        {
            var provider = dataset.Code[..dataset.Code.IndexOf('/', StringComparison.Ordinal)];
            routes.Add(new RecordRoute(dataset.Code, RecordForm.Query).ToConfig(provider));
            routes.Add(new RecordRoute(dataset.Code, RecordForm.Batch).ToConfig(provider));
            routes.Add(new RecordRoute(dataset.Code, RecordForm.Get).ToConfig(provider));
            clusters.TryAdd(provider, ClusterOf(provider, directory));
        }

        Routes = routes;
        Clusters = [.. clusters.Values];
        ChangeToken = changeToken;
    }

    public IReadOnlyList<RouteConfig> Routes { get; }

    public IReadOnlyList<ClusterConfig> Clusters { get; }

    public IChangeToken ChangeToken { get; }

    private static ClusterConfig ClusterOf(string provider, ProviderDirectory directory)
    {
        var options = directory.OptionsOf(provider);
        var destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        foreach (var address in directory.AddressesOf(provider))
        {
            destinations[address.AbsoluteUri] = new DestinationConfig { Address = address.AbsoluteUri };
        }

        return new ClusterConfig
        {
            ClusterId = provider,
            Destinations = destinations,
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            HealthCheck = HealthOf(options.Health),
            HttpClient = new HttpClientConfig { EnableMultipleHttp2Connections = true },
            HttpRequest = new ForwarderRequestConfig
            {
                Version = options.Http2 ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                // Polly's total time-out ends a call that hangs. This one only catches what would escape it.
                ActivityTimeout = options.Resilience.TotalTimeout + TimeSpan.FromSeconds(5),
                AllowResponseBuffering = true,
            },
        };
    }

    private static HealthCheckConfig HealthOf(ProviderHealthOptions health) => new()
    {
        // With no healthy address left, all are tried: an answer of "unavailable" should come from the provider, not from our guess.
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Passive = new PassiveHealthCheckConfig
        {
            Enabled = true,
            Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
            ReactivationPeriod = health.ReactivationPeriod,
        },
        Active = new ActiveHealthCheckConfig
        {
            Enabled = health.Active,
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            Path = health.Path,
            Interval = health.Interval,
            Timeout = health.Timeout,
        },
    };
}
