using System.Net;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-RECORD when the disk fails: nothing is asked, nothing leaves, and service comes back by itself once the cause is gone.</summary>
public sealed class UnavailableLog
{
    private const string Dataset = "public-security/residence";
    private const string Purpose = "rental-housing-application";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_with_audit_unavailable_and_the_log_resumes_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        await using var gateway = await GatewayProcess.StartAsync(dataFolder: disk.Folder);
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        Assert.True(NoteVerifier.TryParse((await gateway.Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd(), out var verifier));
        var watched = new WatchedLog();
        watched.Remember((await housing.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name")).Released.Receipt, verifier);

        await disk.FillAsync();
        var refused = await AskUntilAsync(housing, HttpStatusCode.ServiceUnavailable, watched, verifier);
        Assert.Equal("audit-unavailable", refused.Problem?.Code);
        Assert.Null(refused.Problem?.Receipt);
        using (var ready = await gateway.Client.GetAsync("/health/ready", Cancelled))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        disk.MakeRoom();
        var answered = await AskUntilAsync(housing, HttpStatusCode.OK, watched, verifier);
        Assert.NotNull(answered.Body);
        await watched.HoldAsync(gateway.Client, "access", verifier);
        Assert.DoesNotContain(gateway.Output, line => line.Contains("Unhandled exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_only_data_folder_is_refused_at_the_start_in_one_clear_line()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        await disk.MakeReadOnlyAsync();

        var (exitCode, output) = await GatewayProcess.RunToExitAsync(new Dictionary<string, string> { ["DataFolder"] = disk.Folder });

        Assert.NotEqual(0, exitCode);
        Assert.Contains(disk.Folder, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_turns_read_only_under_load_refuses_asks_nobody_and_resumes_when_it_can_be_written_again()
    {
        await using var provider = await SlowProvider.StartAsync();
        provider.Release();
        await using var gateway = await GatewayProcess.StartAsync(provider.Settings);
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        Assert.True(NoteVerifier.TryParse((await gateway.Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd(), out var verifier));
        var watched = new WatchedLog();
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(_ => LoadAsync(housing, watched, verifier, enough.Token)).ToArray();
        await provider.AskedAsync(200);

        await using (await WriteProtection.ApplyAsync(gateway.DataFolder, "exchange.db", "exchange.db-wal"))
        {
            await AskUntilAsync(housing, HttpStatusCode.ServiceUnavailable, watched, verifier);
            await enough.CancelAsync();
            await Task.WhenAll(load);

            var (asked, acknowledged) = (provider.Questions, watched.Acknowledged);
            for (var i = 0; i < 100; i++)
            {
                var refused = await housing.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name");
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "audit-unavailable"), (refused.Status, refused.Problem?.Code));
                Assert.Null(refused.Problem?.Receipt);
            }

            Assert.Equal((asked, acknowledged), (provider.Questions, watched.Acknowledged));
            using var ready = await gateway.Client.GetAsync("/health/ready", Cancelled);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        Assert.NotNull((await AskUntilAsync(housing, HttpStatusCode.OK, watched, verifier)).Body);
        await watched.HoldAsync(gateway.Client, "access", verifier);
        Assert.Contains(gateway.Output, line => line.Contains("could not commit", StringComparison.Ordinal));
        Assert.Contains(gateway.Output, line => line.Contains("takes appends again", StringComparison.Ordinal));
    }

    /// <summary>Asks without pause. Every answer is a release that is held to the log afterwards, or the refusal.</summary>
    private static async Task LoadAsync(Api housing, WatchedLog watched, NoteVerifier verifier, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var answer = await housing.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name");
            if (answer.Body is { } released)
            {
                watched.Remember(released.Receipt, verifier);
                continue;
            }

            Assert.Equal("audit-unavailable", answer.Problem?.Code);
            Assert.Null(answer.Problem?.Receipt);
        }
    }

    /// <summary>Asks again and again until the answer has that status. Everything acknowledged meanwhile is remembered.</summary>
    private static async Task<Answer<Contracts.Records.RecordAnswer>> AskUntilAsync(Api housing, HttpStatusCode status, WatchedLog watched, NoteVerifier verifier)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var answer = await housing.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name");
            if ((answer.Body?.Receipt ?? answer.Problem?.Receipt) is { } receipt)
            {
                watched.Remember(receipt, verifier);
            }

            if (answer.Status == status)
            {
                return answer;
            }
        }
    }
}
