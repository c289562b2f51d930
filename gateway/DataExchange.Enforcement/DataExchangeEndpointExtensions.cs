using DataExchange.Enforcement.Catalogue;
using DataExchange.Enforcement.Exchanges;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement;

/// <summary>Maps the records' endpoints.</summary>
public static class DataExchangeEndpointExtensions
{
    /// <summary>
    /// Maps <c>/v1/records/…</c>: every dataset's routes through the proxy, and problems for the rest. Authentication comes before and
    /// leaves the <c>Actor</c> of a verified token among the request's features; without one nothing is exchanged.
    /// </summary>
    /// <returns>Conventions for all of these endpoints.</returns>
    /// <exception cref="InvalidOperationException">The region is not founded yet, so there is no catalogue to route by; or a provider is configured that is no member of it.</exception>
    public static IEndpointConventionBuilder MapDataExchange(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CatalogueCheck.Run(endpoints.ServiceProvider);
        var records = endpoints.MapReverseProxy(pipeline =>
        {
            // A pipeline given here replaces the default one, so what is wanted of that is added back.
            pipeline.UseMiddleware<ExchangeMiddleware>();
            pipeline.Use(pipeline.ApplicationServices.GetRequiredService<ProxyPipeline>().Keep);
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });
        return new ConventionGroup(records, endpoints.Map(UnmatchedRecords.Pattern, UnmatchedRecords.AnswerAsync));
    }

    private sealed class ConventionGroup(params IReadOnlyList<IEndpointConventionBuilder> builders) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var builder in builders)
            {
                builder.Add(convention);
            }
        }

        public void Finally(Action<EndpointBuilder> finalConvention)
        {
            foreach (var builder in builders)
            {
                builder.Finally(finalConvention);
            }
        }
    }
}
