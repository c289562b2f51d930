using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Telemetry;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Yarp.ReverseProxy.Forwarder;

namespace DataExchange.Enforcement.Providers;

/// <summary>YARP's client for one provider, with Polly around each question. Health probes pass untouched, so that an open circuit does not keep a recovered address out.</summary>
internal sealed class ProviderClientFactory(
    ProviderDirectory directory, ProviderPipelines pipelines, EnforcementMetrics metrics, TimeProvider time, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ActivityHeadersPropagator = new TraceParentPropagator();
        handler.ConnectTimeout = directory.OptionsOf(context.ClusterId).Resilience.TryTimeout;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler)
    {
        var pipeline = pipelines.Of(context.ClusterId);
        return new ResilienceHandler(request => request.Options.TryGetValue(ExchangePermit.Option, out _) ? pipeline : ResiliencePipeline<HttpResponseMessage>.Empty)
        {
            InnerHandler = new QuestionHandler(context.ClusterId, metrics, time, handler),
        };
    }
}
