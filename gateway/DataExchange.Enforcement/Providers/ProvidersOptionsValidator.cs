using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Providers;

/// <summary>Finds every fault in the section <c>Providers</c> at once, each with its key, its value and what is allowed.</summary>
internal sealed class ProvidersOptionsValidator : IValidateOptions<ProvidersOptions>
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestTry = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestSample = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestSample = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ProvidersOptions options)
    {
        var faults = new List<string>();
        foreach (var (member, provider) in options)
        {
            var key = $"{ProvidersOptions.Section}:{member}";
            for (var i = 0; i < provider.Addresses.Count; i++)
            {
                if (!ProviderAddress.TryParse(provider.Addresses[i], out _))
                {
                    faults.Add($"{key}:Addresses:{i} is '{provider.Addresses[i]}': it has to be an http or https address without path, query or user, for instance http://10.0.0.5:8080.");
                }
            }

            Require(provider.MaxAnswerBytes is >= 1024 and <= 64 * 1024 * 1024, $"{key}:MaxAnswerBytes", provider.MaxAnswerBytes, "1024 to 67108864 bytes");
            ValidateResilience(provider.Resilience, key + ":Resilience");
            ValidateHealth(provider.Health, key + ":Health");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void ValidateResilience(ProviderResilienceOptions it, string key)
        {
            Require(it.TryTimeout >= ShortestTry, $"{key}:TryTimeout", it.TryTimeout, $"at least {ShortestTry}");
            Require(it.TotalTimeout > it.TryTimeout && it.TotalTimeout <= LongestCall, $"{key}:TotalTimeout", it.TotalTimeout, $"more than TryTimeout ({it.TryTimeout}) and at most {LongestCall}");
            Require(it.Retries is >= 0 and <= 10, $"{key}:Retries", it.Retries, "0 to 10");
            Require(it.RetryDelay >= TimeSpan.Zero && it.RetryDelay < LongestCall, $"{key}:RetryDelay", it.RetryDelay, $"zero to {LongestCall}");
            Require(it.CircuitFailureRatio is > 0 and <= 1, $"{key}:CircuitFailureRatio", it.CircuitFailureRatio, "above 0 and at most 1");
            Require(it.CircuitMinimumThroughput >= 2, $"{key}:CircuitMinimumThroughput", it.CircuitMinimumThroughput, "at least 2");
            Require(it.CircuitSamplingDuration >= ShortestSample && it.CircuitSamplingDuration <= LongestSample, $"{key}:CircuitSamplingDuration", it.CircuitSamplingDuration, $"{ShortestSample} to {LongestSample}");
            Require(it.CircuitBreakDuration >= ShortestSample && it.CircuitBreakDuration <= LongestSample, $"{key}:CircuitBreakDuration", it.CircuitBreakDuration, $"{ShortestSample} to {LongestSample}");
            Require(it.MaxConcurrency >= 1, $"{key}:MaxConcurrency", it.MaxConcurrency, "at least 1");
            Require(it.MaxQueue >= 0, $"{key}:MaxQueue", it.MaxQueue, "at least 0");
        }

        void ValidateHealth(ProviderHealthOptions it, string key)
        {
            Require(it.Path.StartsWith('/'), $"{key}:Path", it.Path, "a path that begins with /");
            Require(it.Interval > TimeSpan.Zero, $"{key}:Interval", it.Interval, "above zero");
            Require(it.Timeout > TimeSpan.Zero && it.Timeout < it.Interval, $"{key}:Timeout", it.Timeout, $"above zero and below Interval ({it.Interval})");
            Require(it.ReactivationPeriod > TimeSpan.Zero, $"{key}:ReactivationPeriod", it.ReactivationPeriod, "above zero");
        }

        void Require(bool holds, string key, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key} is {value}: allowed is {allowed}."));
            }
        }
    }
}
