using System.Text;
using DataExchange.Gateway.Health;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Gateway.Tests.Health;

public sealed class ScrubHealthTests
{
    [Fact]
    public async Task Damage_to_stored_entries_degrades_the_gateway_says_what_to_do_and_does_not_make_it_unready()
    {
        var folder = Directory.CreateTempSubdirectory("dx-scrub-").FullName;
        try
        {
            using var data = new SqliteDataFolder(folder, NullLogger<SqliteDataFolder>.Instance);
            var options = new TransparencyLogOptions { Region = "test.example", KeyFolder = folder, ScrubInterval = TimeSpan.FromMilliseconds(20) };
            await using var region = await LogRegion.OpenAsync(data, options, null, TimeProvider.System, NullLogger<LogRegion>.Instance, null, TestContext.Current.CancellationToken);
            await region.Logs.Access.AppendAsync(new LogEntry { Leaf = Encoding.UTF8.GetBytes("an entry") }, TestContext.Current.CancellationToken);
            await UntilAsync(() => region.Scrubs[LogNames.Access].LastCompleted is not null);
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(region)).Status);

            await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "exchange.db")};Pooling=False"))
            {
                connection.Open();
                using var damage = connection.CreateCommand();
                damage.CommandText = "UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'an', 'on') AS BLOB)";
                damage.ExecuteNonQuery();
            }

            await UntilAsync(() => region.Scrubs[LogNames.Access].Damaged > 0);
            var result = await CheckAsync(region);
            Assert.Equal(HealthStatus.Degraded, result.Status);
            Assert.Contains("restore exchange.db", result.Description, StringComparison.Ordinal);
            Assert.True((long)result.Data["access.damaged"] > 0);
            Assert.Equal(0L, result.Data["governance.damaged"]);
            Assert.True(result.Data.ContainsKey("access.ageSeconds"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<HealthCheckResult> CheckAsync(LogRegion region) =>
        new ScrubHealthCheck(region, TimeProvider.System).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
