using System.Net;
using System.Text.Json;
using DataExchange.Gateway.Tests.Cases;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Matters;

public sealed class MatterTests(SharedGateway shared) : GatewayTest(shared)
{
    [Fact]
    public async Task Anyone_can_read_what_a_matter_needs_and_why()
    {
        using var list = JsonDocument.Parse(await Client.GetStringAsync("/v1/matters", Cancelled));
        Assert.Equal(
            ["birth-of-a-child", "opening-an-enterprise", "rental-housing"],
            list.RootElement.EnumerateArray().Select(entry => entry.GetProperty("matter").GetProperty("code").GetString()));

        using var one = JsonDocument.Parse(await Client.GetStringAsync("/v1/matters/rental-housing?revision=1", Cancelled));
        var needs = one.RootElement.GetProperty("matter").GetProperty("needs").EnumerateArray().ToList();
        Assert.Equal(7, needs.Count);
        Assert.All(needs, need => Assert.NotEmpty(need.GetProperty("why").GetProperty("en").GetString()!));
    }

    [Theory]
    [InlineData("/v1/matters/nothing")]
    [InlineData("/v1/matters/rental-housing?revision=2")]
    public async Task What_is_not_defined_is_not_there(string path)
    {
        using var response = await Client.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Counts_are_for_those_who_work_with_them()
    {
        Assert.Equal("actor-not-authorised", (await (await CaseApi.OfCitizenAsync(Client, DemoPeople.First)).StatisticsAsync("rental-housing")).Problem?.Code);
        Assert.Equal("rental-housing", (await (await CaseApi.OfSystemAsync(Client)).StatisticsAsync("rental-housing")).Released.Matter);
    }
}
