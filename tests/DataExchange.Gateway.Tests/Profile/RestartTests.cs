using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Profile;

public sealed class RestartTests
{
    private const string Insurance = "human-resources/social-insurance";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_holds_after_it()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var person = DemoPeople.Of(gateway).First();
        var (vkey, before) = await CheckpointAsync(gateway.Client);
        var consent = (await (await Api.OfClientAsync(gateway.Client, "housing-authority")).RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        var given = (await (await Api.OfUserAsync(gateway.Client, person.User)).DecideConsentAsync(consent.Id, "give")).Released;

        await gateway.KillAsync();
        await gateway.StartAgainAsync();

        var (sameKey, after) = await CheckpointAsync(gateway.Client);
        Assert.Equal(vkey, sameKey);
        Assert.Equal(given.LogIndex + 1, after.Size);
        Assert.True(before.Size <= after.Size);
        var citizen = await Api.OfUserAsync(gateway.Client, person.User);
        Assert.Equal("given", (await citizen.ConsentAsync(consent.Id)).Released.State);
        Assert.Equal(given.LogIndex, (await citizen.ConsentAsync(consent.Id)).Released.LogIndex);
        await ReceiptCheck.VerifyAsync(gateway.Client, given.Receipt!);
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        Assert.Null((await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Problem);
    }

    [Fact]
    public async Task A_stop_is_clean_and_tokens_do_not_outlive_it()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var token = await gateway.Client.OfClientAsync("housing-authority");

        Assert.Equal(0, await gateway.StopAsync());
        await gateway.StartAgainAsync();

        Assert.Equal("token-invalid", (await new Api(gateway.Client, token).ConsentsAsync()).Problem?.Code);
        Assert.DoesNotContain(gateway.Output, line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_data_is_refused_in_one_line()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string> { ["DataFolder"] = gateway.DataFolder });

        Assert.Equal(78, exitCode);
        Assert.Single(output.Split('\n'), line => line.StartsWith("refusing to start: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var taken = gateway.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = taken });

        Assert.Equal(78, exitCode);
        Assert.Single(output.Split('\n'), line => line.StartsWith("refusing to start: ", StringComparison.Ordinal) && line.Contains(taken, StringComparison.Ordinal));
    }

    private static async Task<(string Vkey, Checkpoint Checkpoint)> CheckpointAsync(HttpClient client)
    {
        var vkey = (await client.GetStringAsync("/log/governance/vkey")).TrimEnd();
        Assert.True(NoteVerifier.TryParse(vkey, out var verifier));
        Assert.True(Checkpoint.TryOpen(await client.GetStringAsync("/log/governance/checkpoint"), verifier, out var checkpoint));
        return (vkey, checkpoint);
    }
}
