using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;
using Microsoft.Data.Sqlite;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-BLIND as an operator, the person and a department live through it.</summary>
public sealed class Erasing
{
    private const string Insurance = "human-resources/social-insurance";
    private const string Rental = "rental-housing-application";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_person_is_gone_from_the_gateway_and_from_every_copy_of_the_vault_and_the_logs_still_verify()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var people = new[] { DemoPeople.Take(gateway), DemoPeople.Take(gateway) };
        var decisions = new List<string>();
        foreach (var person in people)
        {
            decisions.Add(await ConsentAndQueryAsync(gateway, person));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, person.User, "/v1/me/token"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, person.User, "/v1/decisions/" + decisions[^1]));
        }

        await gateway.StopAsync();
        var (vault, copy) = (Path.Combine(gateway.DataFolder, "vault.db"), Path.Combine(gateway.DataFolder, "vault.db.copy"));
        File.Copy(vault, copy);
        await gateway.StartAgainAsync();

        var erased = await EraseAsync(gateway, "operator", people[0]);

        Assert.Equal(1, (await ReadAsync(erased)).GetProperty("erased").GetInt32());
        await AssertGoneAsync(gateway, people[0], decisions[0]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, people[1].User, "/v1/me/token"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, people[1].User, "/v1/decisions/" + decisions[1]));
        Assert.NotNull((await (await HousingAsync(gateway)).QueryAsync(Insurance, people[1].Number, Rental, "status")).Released);
        foreach (var log in new[] { "access", "governance" })
        {
            var (exitCode, output) = await StrangersVerifier.RunAsync(gateway.Client, log);
            Assert.True(exitCode == 0, output);
        }

        // Met again, the person is somebody new: what was consented to is not remembered, and what was logged stays shut.
        Assert.Equal("consent-required", (await (await HousingAsync(gateway)).QueryAsync(Insurance, people[0].Number, Rental, "status")).Problem?.Code);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, people[0].User, "/v1/decisions/" + decisions[0]));

        await gateway.StopAsync();
        File.Copy(copy, vault, overwrite: true);
        await Assert.ThrowsAsync<InvalidOperationException>(gateway.StartAgainAsync);
        Assert.Contains(gateway.Output, line => line.Contains("master key", StringComparison.Ordinal) && line.Contains("Restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_killed_in_the_middle_of_erasing_finishes_it_at_its_next_start()
    {
        const int Kills = 6;
        await using var gateway = await GatewayProcess.StartAsync();
        var people = Enumerable.Range(0, Kills + 1).Select(_ => DemoPeople.Take(gateway)).ToArray();
        var decisions = new List<string>();
        foreach (var person in people)
        {
            decisions.Add(await ConsentAndQueryAsync(gateway, person));
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            var orders = await OrdersAsync(gateway);
            var erasing = EraseAsync(gateway, "operator", people[kill]);

            // Some time into the erasure, a different one each time: which step it meets is what the others are for.
            await Task.WhenAny(erasing, Task.Delay(TimeSpan.FromMilliseconds(4 * kill * kill), Cancelled));
            await gateway.KillAsync();
            var isAnswered = await Task.WhenAny(erasing, Task.Delay(TimeSpan.FromSeconds(30), Cancelled)) == erasing && erasing.IsCompletedSuccessfully;
            await gateway.StartAgainAsync();

            var isGone = await StatusAsync(gateway, people[kill].User, "/v1/me/token") == HttpStatusCode.NotFound;
            Assert.True(isGone || !isAnswered, "An erasure that was answered was not carried out.");
            Assert.Equal(isGone ? orders + 1 : orders, await OrdersAsync(gateway));
            if (isGone)
            {
                await AssertGoneAsync(gateway, people[kill], decisions[kill]);
            }
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, people[Kills].User, "/v1/decisions/" + decisions[Kills]));
        Assert.Equal(["vault.key"], Directory.GetFiles(gateway.DataFolder, "vault.key*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_row_of_the_vault_that_does_not_open_keeps_erasures_waiting_and_the_gateway_from_nothing_else()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var people = new[] { DemoPeople.Take(gateway), DemoPeople.Take(gateway) };
        foreach (var person in people)
        {
            await ConsentAndQueryAsync(gateway, person);
        }

        var orders = await OrdersAsync(gateway);
        await gateway.StopAsync();
        RunOnVault(
            gateway,
            "INSERT INTO erasure SELECT '00000000000000000000000000000000', 'Unlawful', 'operator', handle FROM subject LIMIT 1; INSERT INTO subject VALUES (zeroblob(32), zeroblob(32), zeroblob(200))");

        await gateway.StartAgainAsync();

        var vault = await VaultHealthAsync(gateway);
        Assert.Equal(("Degraded", 1), (vault.GetProperty("status").GetString(), vault.GetProperty("data").GetProperty("orderedErasures").GetInt32()));
        Assert.Contains(gateway.Output, line => line.Contains(new string('0', 64), StringComparison.Ordinal)); // the handle of the row
        Assert.NotNull((await (await HousingAsync(gateway)).QueryAsync("public-security/residence", people[0].Number, Rental, "name")).Released);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await EraseAsync(gateway, "operator", people[0])).StatusCode);

        await gateway.StopAsync();
        RunOnVault(gateway, "DELETE FROM subject WHERE handle = zeroblob(32)");
        await gateway.StartAgainAsync();

        Assert.Equal("Healthy", (await VaultHealthAsync(gateway)).GetProperty("status").GetString());
        Assert.Equal(orders + 1, await OrdersAsync(gateway));
    }

    [Fact]
    public async Task Only_the_operator_erases_and_says_why()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var person = DemoPeople.First;
        foreach (var user in new[] { "citizen", "reviewer" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await EraseAsync(gateway, user, person)).StatusCode);
        }

        var @operator = await Api.OfUserAsync(gateway.Client, "operator");
        foreach (var body in new[]
        {
            """{"subjects":[],"basis":"Unlawful"}""",
            """{"subjects":[null],"basis":"Unlawful"}""",
            """{"subjects":[{"scheme":"cn-resident-id","value":"1"}],"basis":"Unlawful"}""",
            $$"""{"subjects":[{"scheme":"cn-resident-id","value":"{{person.Number}}"}],"basis":"because"}""",
            $$"""{"subjects":[{"scheme":"cn-resident-id","value":"{{person.Number}}"}],"basis":"None"}""",
            $$"""{"subjects":[{"scheme":"cn-resident-id","value":"{{person.Number}}"}]}""",
        })
        {
            using var refused = await @operator.SendAsync(HttpMethod.Post, "/v1/subjects/erase", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, body);
            Assert.Equal("request-malformed", (await ReadProblemAsync(refused)).GetProperty("code").GetString());
        }

        Assert.Equal(0, (await ReadAsync(await EraseAsync(gateway, "operator", person))).GetProperty("erased").GetInt32());
    }

    private static async Task AssertGoneAsync(GatewayProcess gateway, DemoPerson person, string decision)
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, person.User, "/v1/me/token"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, person.User, "/v1/me/accesses"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(gateway, person.User, "/v1/decisions/" + decision));
        using var reviewed = await (await Api.OfUserAsync(gateway.Client, "reviewer")).SendAsync(
            HttpMethod.Post, "/v1/decisions/" + decision, JsonContent.Create(new { subject = new { scheme = "cn-resident-id", value = person.Number } }));
        Assert.Equal(HttpStatusCode.NotFound, reviewed.StatusCode);
    }

    private static void RunOnVault(GatewayProcess gateway, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(gateway.DataFolder, "vault.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // This file's own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static async Task<JsonElement> VaultHealthAsync(GatewayProcess gateway) =>
        JsonElement.Parse(await gateway.Client.GetStringAsync("/health/ready", Cancelled)).GetProperty("checks").GetProperty("vault");

    private static Task<Api> HousingAsync(GatewayProcess gateway) => Api.OfClientAsync(gateway.Client, "housing-authority");

    private static async Task<string> ConsentAndQueryAsync(GatewayProcess gateway, DemoPerson person)
    {
        var housing = await HousingAsync(gateway);
        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        Assert.Null((await (await Api.OfUserAsync(gateway.Client, person.User)).DecideConsentAsync(consent.Id, "give")).Problem);
        return (await housing.QueryAsync(Insurance, person.Number, Rental, "status")).Released.Decision;
    }

    private static async Task<HttpResponseMessage> EraseAsync(GatewayProcess gateway, string user, DemoPerson person) =>
        await (await Api.OfUserAsync(gateway.Client, user)).SendAsync(
            HttpMethod.Post,
            "/v1/subjects/erase",
            JsonContent.Create(new { subjects = new[] { new { scheme = "cn-resident-id", value = person.Number } }, basis = "ConsentWithdrawn" }));

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string user, string path)
    {
        using var response = await (await Api.OfUserAsync(gateway.Client, user)).SendAsync(HttpMethod.Get, path);
        return response.StatusCode;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadProblemAsync(response);
    }

    private static async Task<JsonElement> ReadProblemAsync(HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled));

    /// <summary>Orders of erasure in the public log, counted as a stranger would: by their kind in the last, partial bundle of a small log.</summary>
    private static async Task<int> OrdersAsync(GatewayProcess gateway)
    {
        var size = int.Parse((await gateway.Client.GetStringAsync("/log/governance/checkpoint", Cancelled)).Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(size, 1, 255);
        var bundle = await gateway.Client.GetByteArrayAsync($"/log/governance/tile/entries/000.p/{size}", Cancelled);
        return System.Text.Encoding.Latin1.GetString(bundle).Split("erasure.ordered").Length - 1;
    }
}
