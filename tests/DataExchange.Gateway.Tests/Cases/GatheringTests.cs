using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Cases;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Cases;

/// <summary>Gatherings in which one department answers only when it is let go, and the others not at all.</summary>
public sealed class GatheringTests
{
    [Fact]
    public async Task A_slow_department_keeps_no_other_waiting_and_a_dead_one_none_at_all()
    {
        await using var slow = await SlowProvider.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(slow.Settings);
        var clerk = await CaseApi.OfClerkAsync(gateway.Client);
        var id = (await clerk.OpenAsync("rental-housing", DemoPeople.First)).Released.Id;

        var needs = new List<GatheredNeedView>();
        CaseView? last = null;
        await foreach (var (type, data) in clerk.GatherEventsAsync(id, DemoPeople.First))
        {
            if (type == "need")
            {
                needs.Add(data.Deserialize(ContractsJsonContext.Default.GatheredNeedView)!);
                if (needs.Count == 6)
                {
                    // Everybody else is done, and nobody waited for it.
                    Assert.DoesNotContain(needs, need => need.Need == "residence");
                    slow.Release();
                }
            }
            else
            {
                last = data.Deserialize(ContractsJsonContext.Default.CaseView);
            }
        }

        Assert.Equal(("residence", "released"), (needs[^1].Need, needs[^1].Outcome));
        Assert.All(needs.Where(need => need.Need is "marriage" or "property"), need => Assert.Equal("provider-unavailable", need.Problem?.Code));
        Assert.Equal("released", last!.Needs.Single(need => need.Need == "residence").State);

        var again = (await clerk.GatherAsync(id, DemoPeople.First)).Released;
        Assert.DoesNotContain(again.Needs, need => need.Need == "residence");
        Assert.Equal(1, slow.Questions);
    }

    [Fact]
    public async Task A_case_survives_a_kill_and_a_gathering_that_it_broke_off_is_taken_up_again()
    {
        await using var slow = await SlowProvider.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(slow.Settings);
        var clerk = await CaseApi.OfClerkAsync(gateway.Client);
        var opened = (await clerk.OpenAsync("rental-housing", DemoPeople.First)).Released;
        var broken = clerk.GatherAsync(opened.Id, DemoPeople.First, "residence");
        await slow.AskedAsync(1);

        await gateway.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => broken);
        await gateway.StartAgainAsync();

        clerk = await CaseApi.OfClerkAsync(gateway.Client);
        var after = (await clerk.ReadAsync(opened.Id)).Released;
        Assert.Equal(("open", opened.LogIndex), (after.State, after.LogIndex));
        Assert.All(after.Needs, need => Assert.Equal("missing", need.State));
        slow.Release();
        Assert.Equal("released", Assert.Single((await clerk.GatherAsync(opened.Id, DemoPeople.First, "residence")).Released.Needs).Outcome);
        Assert.Equal("released", (await clerk.ReadAsync(opened.Id)).Released.Needs[0].State);
    }

    [Fact]
    public async Task What_is_counted_is_the_same_after_a_kill()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var clerk = await CaseApi.OfCentreClerkAsync(gateway.Client);
        Assert.Equal(0, (await clerk.StatisticsAsync("birth-of-a-child")).Released.Cases);
        var id = (await clerk.OpenAsync("birth-of-a-child", DemoPeople.First)).Released.Id;
        await clerk.GatherAsync(id, DemoPeople.First);
        Assert.Equal((2, 2), ((await clerk.StepAsync(id, "complete")).Released.DocumentsSpared, (await clerk.ReadAsync(id)).Released.CountersSpared));
        var before = (await clerk.StatisticsAsync("birth-of-a-child")).Released;

        await gateway.KillAsync();
        await gateway.StartAgainAsync();

        clerk = await CaseApi.OfCentreClerkAsync(gateway.Client);
        var after = (await clerk.StatisticsAsync("birth-of-a-child")).Released;
        Assert.Equal((1, 2, 2), (after.Cases, after.DocumentsSpared, after.CountersSpared));
        Assert.Equal(before.Months, after.Months);
        Assert.Equal("completed", (await clerk.ReadAsync(id)).Released.State);
    }
}
