using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// The last door before a provider. Whatever was forgotten in front of it (a middleware, a route's metadata, a second use of a permit),
/// a request without an unused permit for this very provider ends here, unanswered by anyone.
/// </summary>
internal sealed partial class PermitRequiredForwarder(IHttpForwarder inner, ILogger<PermitRequiredForwarder> logger) : IHttpForwarder
{
    public ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer) =>
        SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer, CancellationToken.None);

    public ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer, CancellationToken cancellationToken) =>
        context.Features.Get<ExchangePermit>() is { } permit
        && context.Features.Get<IReverseProxyFeature>()?.Cluster.Config.ClusterId == permit.Provider
        && permit.TryUse()
            ? inner.SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer, cancellationToken)
            : RefuseAsync(context);

    private async ValueTask<ForwarderError> RefuseAsync(HttpContext context)
    {
        Log.Refused(logger);
        await context.WriteProblemAsync(ProblemSlugs.InternalError);
        return ForwarderError.RequestCreation;
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Critical, "A request reached the forwarder without a permit and was refused. The exchange middleware is missing from the proxy pipeline, or was bypassed.")]
        public static partial void Refused(ILogger logger);
    }
}
