using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Scorecards;

/// <summary>The gateway's figures against two recomputations from outside: by dx, and by a program that shares no code with either.</summary>
public sealed class ScorecardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scorecard-").FullName;

    private string Card => Path.Combine(_folder, "card.json");

    private string Facts => Path.Combine(_folder, "facts.ndjson");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_figure_can_be_recomputed_from_the_logs_and_no_other_figure_passes()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await ExchangeAsync(gateway);
        await ExportAsync(gateway);
        var card = JsonNode.Parse(await File.ReadAllTextAsync(Card, Cancelled))!;

        var department = card["departments"]!.AsArray().Single(d => d!["member"]!.GetValue<string>() == "public-security")!;
        Assert.Equal((3, 3, "1.0000"), (department["provider"]!["asked"]!.GetValue<int>(), department["provider"]!["released"]!.GetValue<int>(), department["provider"]!["availability"]!.GetValue<string>()));
        var service = card["departments"]!.AsArray().Single(d => d!["member"]!.GetValue<string>() == "service-centre")!;
        Assert.Equal((8, 8, "1.0000"), (
            service["consumer"]!["attempts"]!.GetValue<int>(), service["consumer"]!["refused"]!.GetValue<int>(), service["consumer"]!["refusedShare"]!.GetValue<string>()));
        Assert.Equal((3, 3, 8, 0, 0), (Total("requested"), Total("released"), Total("refused"), Total("failed"), Total("unopened")));

        // How many findings there are depends on the hour: late in the evening the clerk is out of hours as well.
        Assert.InRange(Total("findings"), 1, 8);
        Assert.Equal(Total("findings"), service["officials"]!["found"]!.GetValue<int>());

        // What came after the card changes nothing in it.
        await ExchangeAsync(gateway);
        await AgreesAsync(gateway, exitCode: 0);

        // Whatever figure is bent, both notice.
        card["departments"]!.AsArray()[0]!["consumer"]!["attempts"] = 4711;
        await File.WriteAllTextAsync(Card, card.ToJsonString(), Cancelled);
        await AgreesAsync(gateway, exitCode: 1);

        int Total(string name) => card["totals"]![name]!.GetValue<int>();
    }

    [Fact]
    public async Task A_fact_that_is_left_out_or_bent_does_not_pass()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await ExchangeAsync(gateway);
        await ExportAsync(gateway);
        var lines = await File.ReadAllLinesAsync(Facts, Cancelled);

        await File.WriteAllLinesAsync(Facts, lines.Skip(1), Cancelled);
        await AgreesAsync(gateway, exitCode: 1);

        var bent = JsonNode.Parse(lines[0])!;
        bent["record"]!["bent"] = true;
        await File.WriteAllLinesAsync(Facts, [bent.ToJsonString(), .. lines.Skip(1)], Cancelled);
        Assert.Equal(1, (await DxAsync(gateway, "--card", Card, "--facts", Facts)).ExitCode);
    }

    [Fact]
    public async Task A_stranger_without_facts_recomputes_what_stands_in_the_open()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        await ExchangeAsync(gateway);
        await ExportAsync(gateway);

        var (exitCode, output) = await DxAsync(gateway, "--card", Card);
        Assert.True(exitCode == 0, output);
        Assert.Contains("stands in the open", output, StringComparison.Ordinal);

        var card = JsonNode.Parse(await File.ReadAllTextAsync(Card, Cancelled))!;
        card["totals"]!["released"] = card["totals"]!["released"]!.GetValue<int>() + 1;
        await File.WriteAllTextAsync(Card, card.ToJsonString(), Cancelled);
        Assert.Equal(1, (await DxAsync(gateway, "--card", Card)).ExitCode);
    }

    [Fact]
    public async Task A_month_that_is_over_is_published_once_for_everybody_and_this_one_is_not()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var reviewer = await Api.OfUserAsync(gateway.Client, "reviewer");
        var last = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddMonths(-2).ToString("yyyy-MM", CultureInfo.InvariantCulture);

        using (var early = await reviewer.SendAsync(HttpMethod.Post, "/v1/scorecards", JsonContent.Create(new { period = Month() })))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        }

        using (var published = await reviewer.SendAsync(HttpMethod.Post, "/v1/scorecards", JsonContent.Create(new { period = last })))
        {
            Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        }

        using (var again = await reviewer.SendAsync(HttpMethod.Post, "/v1/scorecards", JsonContent.Create(new { period = last })))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }

        using var open = await gateway.Client.GetAsync($"/v1/scorecards/{last}", Cancelled);
        Assert.Equal(last, JsonNode.Parse(await open.Content.ReadAsStringAsync(Cancelled))!["period"]!.GetValue<string>());
        using var none = await gateway.Client.GetAsync("/v1/scorecards/1999-01", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        // Without a card, dx takes the one that stands in the log.
        var (exitCode, output) = await DxAsync(gateway, last, []);
        Assert.True(exitCode == 0, output);
    }

    private static string Month() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Three releases, and eight narrow refusals of a clerk, which the anomaly rules find.</summary>
    private static async Task ExchangeAsync(GatewayProcess gateway)
    {
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        for (var i = 0; i < 3; i++)
        {
            _ = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released;
        }

        var clerk = await Api.OfUserAsync(gateway.Client, "clerk", "service-centre");
        for (var i = 0; i < 8; i++)
        {
            Assert.NotNull((await clerk.QueryAsync("public-security/residence", DemoPeople.First.Number, "enterprise-opening", "name")).Problem);
        }
    }

    private async Task ExportAsync(GatewayProcess gateway)
    {
        var reviewer = await Api.OfUserAsync(gateway.Client, "reviewer");
        using var card = await reviewer.SendAsync(HttpMethod.Get, $"/v1/audit/scorecards/{Month()}");
        await File.WriteAllTextAsync(Card, await card.Content.ReadAsStringAsync(Cancelled), Cancelled);
        using var facts = await reviewer.SendAsync(HttpMethod.Get, $"/v1/audit/scorecards/{Month()}/facts");
        await File.WriteAllTextAsync(Facts, await facts.Content.ReadAsStringAsync(Cancelled), Cancelled);
        Assert.True(card.IsSuccessStatusCode && facts.IsSuccessStatusCode);
    }

    private async Task AgreesAsync(GatewayProcess gateway, int exitCode)
    {
        var dx = await DxAsync(gateway, "--card", Card, "--facts", Facts);
        Assert.True(dx.ExitCode == exitCode, dx.Output);
        var keys = new[] { "access", "governance" }.Select(async log => (await gateway.Client.GetStringAsync($"/log/{log}/vkey", Cancelled)).TrimEnd());
        var python = await StrangersVerifier.RunAsync("scorecard.py", [Card, Facts, gateway.Client.BaseAddress!.ToString(), .. await Task.WhenAll(keys)]);
        Assert.True(python.ExitCode == exitCode, python.Output);
    }

    private static Task<(int ExitCode, string Output)> DxAsync(GatewayProcess gateway, params string[] options) => DxAsync(gateway, Month(), options);

    private static async Task<(int ExitCode, string Output)> DxAsync(GatewayProcess gateway, string period, string[] options)
    {
        string At(string log) => new Uri(gateway.Client.BaseAddress!, "/log/" + log).ToString();
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(BuildOutput.Of("DataExchange.Cli"), "dx.dll"), "scorecard", At("access"), At("governance"), "--period", period, "--trust-fetched-vkey", .. options])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await output + await error);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
