using System.Net;
using System.Net.Http.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Problems;

/// <summary>A file of the data folder that is damaged under the running gateway: whatever needs it is refused like anything that cannot be logged.</summary>
public sealed class DamagedStorageTests
{
    private const string Dataset = "public-security/residence";
    private const string Purpose = "rental-housing-application";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_that_needs_a_damaged_file_answers_audit_unavailable()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var before = await Api.OfClientAsync(gateway.Client, "housing-authority");
        var released = (await before.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name")).Released;

        // A clean stop moves everything out of the write-ahead log, so that the database itself is what is read afterwards.
        Assert.Equal(0, await gateway.StopAsync());
        await gateway.StartAgainAsync();
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        var citizen = await Api.OfUserAsync(gateway.Client, DemoPeople.First.User);
        Assert.Equal(HttpStatusCode.OK, (await citizen.SendAsync(HttpMethod.Get, $"/v1/decisions/{released.Decision}")).StatusCode);

        var file = Path.Combine(gateway.DataFolder, "exchange.db");
        await using (var damaged = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await damaged.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)damaged.Length).ToArray(), Cancelled);
        }

        // An exchange moves the log, or finds that it cannot; either way what SQLite had in its caches goes out of use.
        await UntilUnavailableAsync(() => housing.SendAsync(HttpMethod.Post, $"/v1/records/{Dataset}/query", Question()));
        foreach (var path in new[] { "/log/access/tile/entries/000.p/1", "/log/governance/tile/entries/000.p/1", $"/v1/decisions/{released.Decision}" })
        {
            await UntilUnavailableAsync(() => citizen.SendAsync(HttpMethod.Get, path));
        }

        Assert.Contains(gateway.Output, line => line.Contains("was refused", StringComparison.Ordinal) && line.Contains(file, StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Output, line => line.Contains("nobody foresaw", StringComparison.Ordinal));
    }

    /// <summary>Asks until the answer is the problem. Before that it may be what was cached, and never anything else.</summary>
    private static async Task UntilUnavailableAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            using var response = await ask();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                continue;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            var problem = await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, Cancelled);
            Assert.Equal("audit-unavailable", problem?.Code);
            Assert.DoesNotContain("exchange.db", problem?.Detail ?? "", StringComparison.Ordinal);
            return;
        }
    }

    private static JsonContent Question() => JsonContent.Create(
        new RecordQuery { Subject = new SubjectRef("cn-resident-id", DemoPeople.First.Number), Purpose = Purpose, Fields = ["name"] }, ContractsJsonContext.Default.RecordQuery);
}
