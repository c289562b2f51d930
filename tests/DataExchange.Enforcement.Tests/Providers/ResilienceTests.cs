using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Telemetry;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Enforcement.Tests.Providers;

public sealed class ResilienceTests
{
    [Fact]
    public async Task A_question_is_asked_again_after_a_500_and_after_a_cut_and_the_record_leaves_once()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Settings["Providers:police:Resilience:Retries"] = "3");
        gateway.Provider.Answer = async (context, query, n) =>
        {
            switch (n)
            {
                case 1:
                    context.Response.StatusCode = 503;
                    break;
                case 2:
                    context.Response.ContentLength = 1000;
                    await context.Response.WriteAsync("{");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    break;
                case 3:
                    context.Abort();
                    break;
                default:
                    await FakeProvider.AnswerAsync(context, query, n);
                    break;
            }
        };
        using var seen = new MetricsSeen();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();

        Assert.Equal(4, gateway.Provider.Count);
        Assert.Single(gateway.Provider.Questions.Select(question => question.Intent.Index).Distinct());
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased], await gateway.KindsOfAsync(TestRegion.ZhangSan));
        Assert.Equal(3, seen.Sum(gateway, "data_exchange.provider.retries"));
    }

    [Fact]
    public async Task A_time_out_of_one_try_is_asked_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Resilience:Retries"] = "1";
            setup.Settings["Providers:police:Resilience:RetryDelay"] = "00:00:00";
            setup.Services = services => services.AddSingleton<TimeProvider>(time);
        });
        var asked = new TaskCompletionSource();
        gateway.Provider.Answer = (context, query, n) =>
        {
            asked.TrySetResult();
            return n == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : FakeProvider.AnswerAsync(context, query, n);
        };
        using var seen = new MetricsSeen();

        var answer = gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(31));
        await answer;

        Assert.Equal(1, seen.Sum(gateway, "data_exchange.provider.timeouts"));
    }

    [Fact]
    public async Task What_is_wrong_for_good_is_not_asked_again()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Settings["Providers:police:Resilience:Retries"] = "3");
        gateway.Provider.Answer = (context, _, _) => FakeProvider.WriteAsync(context, "[]");

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderSchemaViolation);

        Assert.Equal(1, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_and_the_metrics_show_it()
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Resilience:CircuitMinimumThroughput"] = "4";
            setup.Settings["Providers:police:Resilience:CircuitBreakDuration"] = "00:10:00";
        });
        gateway.Provider.Answer = (context, _, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var seen = new MetricsSeen();

        for (var i = 0; i < 8; i++)
        {
            await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        }

        Assert.Equal(4, gateway.Provider.Count);
        Assert.Equal(2, seen.Observe(gateway, "data_exchange.provider.circuit"));
        Assert.Equal(8, (await gateway.KindsOfAsync(TestRegion.ZhangSan)).Count(kind => kind == LeafKinds.AccessFailed));
    }

    [Fact]
    public async Task No_more_questions_are_under_way_than_allowed()
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Resilience:MaxConcurrency"] = "1";
            setup.Settings["Providers:police:Resilience:MaxQueue"] = "0";
        });
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Provider.Answer = async (context, query, n) =>
        {
            asked.TrySetResult();
            await go.Task;
            await FakeProvider.AnswerAsync(context, query, n);
        };

        var first = gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.LiSi, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        go.SetResult();

        await first.AnswerAsync();
        Assert.Equal(1, gateway.Provider.Count);
    }

    [Fact]
    public async Task An_adapter_that_registers_itself_while_the_gateway_runs_is_asked()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.KnowsProvider = false);

        gateway.Services.GetRequiredService<Enforcement.Providers.ProviderDirectory>().Register(TestRegion.Police, gateway.Provider.Address);

        // The proxy takes the change up in the background; until then it answers as if there were no address.
        var started = TimeProvider.System.GetTimestamp();
        HttpResponseMessage response;
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "The address was not taken up.");
            response = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");
        }
        while (response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable);
        await Task.FromResult(response).AnswerAsync();
    }

    /// <summary>What one gateway's meter measures. Other tests' gateways run beside it, so the meter's factory tells them apart.</summary>
    private sealed class MetricsSeen : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(Instrument Instrument, long Value)> _seen = new();

        public MetricsSeen()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == EnforcementMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _seen.Enqueue((instrument, value)));
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _seen.Enqueue((instrument, value)));
            _listener.Start();
        }

        public long Sum(TestGateway gateway, string name) => Of(gateway, name).Sum();

        public long Observe(TestGateway gateway, string name)
        {
            _listener.RecordObservableInstruments();
            return Of(gateway, name).Last();
        }

        public void Dispose() => _listener.Dispose();

        private IEnumerable<long> Of(TestGateway gateway, string name) => _seen
            .Where(seen => seen.Instrument.Name == name && ReferenceEquals(seen.Instrument.Meter.Scope, gateway.Services.GetRequiredService<IMeterFactory>()))
            .Select(seen => seen.Value);
    }
}
