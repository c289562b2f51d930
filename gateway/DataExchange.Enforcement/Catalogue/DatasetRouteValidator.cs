using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Configuration.RouteValidators;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>A route that does not say which dataset it leads to could not be judged: it is an error at start, not a hole at run time.</summary>
internal sealed class DatasetRouteValidator : IRouteValidator
{
    public ValueTask ValidateAsync(RouteConfig routeConfig, IList<Exception> errors)
    {
        if (RecordRoute.Of(routeConfig) is not { } route)
        {
            errors.Add(new InvalidOperationException(
                $"Route '{routeConfig.RouteId}' names no dataset. Give it the metadata '{RecordRoute.DatasetKey}' ({{member}}/{{name}}) and "
                + $"'{RecordRoute.FormKey}' (Query, Batch or Get), or serve it outside the proxy: nothing is forwarded without a decision."));
        }
        else if (routeConfig.ClusterId != ProviderOf(route.Dataset))
        {
            errors.Add(new InvalidOperationException(
                $"Route '{routeConfig.RouteId}' leads to cluster '{routeConfig.ClusterId}', but dataset '{route.Dataset}' belongs to '{ProviderOf(route.Dataset)}'."));
        }

        return ValueTask.CompletedTask;
    }

    private static string ProviderOf(string dataset) => dataset[..dataset.IndexOf('/', StringComparison.Ordinal)];
}
