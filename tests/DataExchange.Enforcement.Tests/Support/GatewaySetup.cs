using DataExchange.Policy.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>How a test's gateway differs from the usual one.</summary>
internal sealed class GatewaySetup
{
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Whether the provider's address is configured. Default true.</summary>
    public bool KnowsProvider { get; set; } = true;

    public Action<IEndpointRouteBuilder> Map { get; set; } = endpoints => endpoints.MapDataExchange();

    /// <summary>What the region is founded with.</summary>
    public FoundingDocument Founding { get; set; } = TestRegion.Founding();

    public Action<IServiceCollection>? Services { get; set; }
}
