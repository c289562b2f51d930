using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Providers;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace DataExchange.Enforcement.Tests.Providers;

public sealed class HealthTests
{
    [Fact]
    public async Task Of_two_addresses_the_one_that_answers_ends_up_with_the_questions()
    {
        // The circuit is shared by both addresses. It is not what is looked at here, and it would open by the toss of a coin.
        await using var gateway = await TestGateway.StartAsync(setup => setup.Settings["Providers:police:Resilience:CircuitMinimumThroughput"] = "100000");
        await using var second = await FakeProvider.StartAsync();
        gateway.Services.GetRequiredService<ProviderDirectory>().Register(TestRegion.Police, second.Address);
        gateway.Provider.Answer = FakeProvider.HangUpAsync;

        // The proxy learns from failures which address to pass over; before that, a question that met it has failed.
        var inARow = 0;
        for (var i = 0; i < 500 && inARow < 20; i++)
        {
            using var response = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");
            inARow = response.IsSuccessStatusCode ? inARow + 1 : 0;
        }

        Assert.Equal(20, inARow);
        Assert.True(gateway.Provider.Count > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Questions_that_an_open_circuit_kept_back_are_not_held_against_the_address(int retries)
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Resilience:Retries"] = retries.ToString(CultureInfo.InvariantCulture);
            setup.Settings["Providers:police:Resilience:CircuitMinimumThroughput"] = "2";
            setup.Settings["Providers:police:Resilience:CircuitBreakDuration"] = "00:10:00";
        });
        gateway.Provider.Answer = FakeProvider.HangUpAsync;

        // Ten failures of a minute are what YARP's policy wants to see before it judges; two were asked, the rest met the open circuit.
        for (var i = 0; i < 30; i++)
        {
            await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        }

        Assert.Equal(2, gateway.Provider.Count);
        Assert.NotEqual(DestinationHealth.Unhealthy, HealthOfTheAddress(gateway));
    }

    [Fact]
    public async Task Questions_that_were_sent_count_even_where_their_last_try_met_an_open_circuit()
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Resilience:Retries"] = "1";
            setup.Settings["Providers:police:Resilience:CircuitMinimumThroughput"] = "2";
            setup.Settings["Providers:police:Resilience:CircuitBreakDuration"] = "00:00:00.500";
        });
        gateway.Provider.Answer = FakeProvider.HangUpAsync;

        // Each break lets one try through, which fails and opens the circuit again before the retry: that question was sent.
        var end = TimeProvider.System.GetUtcNow().AddMinutes(1);
        while (HealthOfTheAddress(gateway) != DestinationHealth.Unhealthy && TimeProvider.System.GetUtcNow() < end)
        {
            await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        }

        Assert.Equal(DestinationHealth.Unhealthy, HealthOfTheAddress(gateway));
    }

    [Fact]
    public async Task Probes_ask_nothing_and_pass_an_open_circuit()
    {
        await using var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Health:Active"] = "true";
            setup.Settings["Providers:police:Health:Interval"] = "00:00:00.050";
            setup.Settings["Providers:police:Health:Timeout"] = "00:00:00.040";
            setup.Settings["Providers:police:Resilience:CircuitMinimumThroughput"] = "2";
            setup.Settings["Providers:police:Resilience:CircuitBreakDuration"] = "00:10:00";
        });
        gateway.Provider.Answer = (context, _, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 3; i++)
        {
            await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        }

        var probe = await gateway.Provider.NextProbeAsync();

        Assert.Equal("GET /health/ready", probe);
        Assert.Equal(2, gateway.Provider.Count);
    }

    private static DestinationHealth HealthOfTheAddress(TestGateway gateway)
    {
        Assert.True(gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster(TestRegion.Police, out var cluster));
        return Assert.Single(cluster.Destinations).Value.Health.Passive;
    }
}
