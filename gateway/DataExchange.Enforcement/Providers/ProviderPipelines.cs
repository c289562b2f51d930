using System.Collections.Concurrent;
using DataExchange.Enforcement.Telemetry;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DataExchange.Enforcement.Providers;

/// <summary>One resilience pipeline a provider, made once: its circuit outlives changes to the proxy's configuration.</summary>
internal sealed partial class ProviderPipelines(ProviderDirectory directory, EnforcementMetrics metrics, TimeProvider time, ILogger<ProviderPipelines> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<ResiliencePipeline<HttpResponseMessage>>> _pipelines = new(StringComparer.Ordinal);

    public ResiliencePipeline<HttpResponseMessage> Of(string provider) =>
        _pipelines.GetOrAdd(provider, key => new(() => Build(key, directory.OptionsOf(key).Resilience))).Value;

    private ResiliencePipeline<HttpResponseMessage> Build(string provider, ProviderResilienceOptions options)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = provider, TimeProvider = time };
        builder.AddTimeout(Timeout(provider, options.TotalTimeout, "total"));
        builder.AddConcurrencyLimiter(options.MaxConcurrency, options.MaxQueue);
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry(provider, options));
        }

        builder.AddCircuitBreaker(CircuitBreaker(provider, options));
        builder.AddTimeout(Timeout(provider, options.TryTimeout, "try"));
        return builder.Build();
    }

    private TimeoutStrategyOptions Timeout(string provider, TimeSpan timeout, string scope) => new()
    {
        Name = scope,
        Timeout = timeout,
        OnTimeout = _ =>
        {
            metrics.ProviderTimedOut(provider, scope);
            return default;
        },
    };

    private RetryStrategyOptions<HttpResponseMessage> Retry(string provider, ProviderResilienceOptions options) => new HttpRetryStrategyOptions
    {
        MaxRetryAttempts = options.Retries,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        // A provider's Retry-After could stretch the wait far beyond the total time-out; our own delays are bounded.
        ShouldRetryAfterHeader = false,
        ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
        OnRetry = _ =>
        {
            metrics.ProviderRetried(provider);
            return default;
        },
    };

    private CircuitBreakerStrategyOptions<HttpResponseMessage> CircuitBreaker(string provider, ProviderResilienceOptions options)
    {
        var state = new CircuitBreakerStateProvider();
        metrics.WatchCircuit(provider, state);
        return new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = options.CircuitFailureRatio,
            MinimumThroughput = options.CircuitMinimumThroughput,
            SamplingDuration = options.CircuitSamplingDuration,
            BreakDuration = options.CircuitBreakDuration,
            StateProvider = state,
            ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
            OnOpened = _ => Tell(() => Log.CircuitOpened(logger, provider, options.CircuitBreakDuration)),
            OnClosed = _ => Tell(() => Log.CircuitClosed(logger, provider)),
        };

        static ValueTask Tell(Action log)
        {
            log();
            return default;
        }
    }

    /// <summary>What may pass by itself: a broken connection, a time-out of one try, 408, 429 and 5xx. An open circuit is not one: it is there to end the tries.</summary>
    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: var status } => (int)status is 408 or 429 or >= 500,
        _ => false,
    };

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "Provider {Provider} fails too often: it is not asked for {BreakDuration}. Exchanges with it answer provider-unavailable.")]
        public static partial void CircuitOpened(ILogger logger, string provider, TimeSpan breakDuration);

        [LoggerMessage(3102, LogLevel.Information, "Provider {Provider} answers again.")]
        public static partial void CircuitClosed(ILogger logger, string provider);
    }
}
