using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-RECORD against SIGTERM: what is under way ends in the log before the process does, whether or not the provider answers in time.</summary>
public sealed class DrainingStop : IAsyncLifetime
{
    private const int Queries = 24;
    private const int BatchLines = 16;
    private const int InFlight = Queries + BatchLines;
    private const string Dataset = "public-security/residence";
    private const string Purpose = "rental-housing-application";

    private SlowProvider _provider = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _provider = await SlowProvider.StartAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Exchanges_under_way_are_answered_whole_when_the_provider_answers_in_time()
    {
        await using var gateway = await StartAsync(shutdownSeconds: 30);
        var verifier = await VerifierAsync(gateway);
        var (ended, took, answers, batch) = await TerminateUnderWayAsync(gateway, release: true);

        Assert.Equal(0, ended);
        Assert.True(took < TimeSpan.FromSeconds(30), $"The stop took {took}.");
        var watched = new WatchedLog();
        foreach (var answer in answers)
        {
            Assert.NotNull(answer);
            Assert.Equal("张三", answer.Released.Record.GetProperty("name").GetString());
            watched.Remember(answer.Released.Receipt, verifier);
        }

        Assert.NotNull(batch);
        Assert.Equal(BatchLines, batch.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => JsonElement.Parse(line).GetProperty("record").GetProperty("name").GetString() == "张三"));
        await gateway.StartAgainAsync();
        await watched.HoldAsync(gateway.Client, "access", verifier);
        Assert.Equal(
            new Dictionary<string, int> { [LeafKinds.AccessRequested] = InFlight, [LeafKinds.AccessReleased] = InFlight },
            await KindsAsync(gateway, verifier));
    }

    [Fact]
    public async Task Exchanges_that_outlast_the_stop_are_cut_off_and_still_leave_their_outcome()
    {
        await using var gateway = await StartAsync(shutdownSeconds: 2);
        var verifier = await VerifierAsync(gateway);
        var (ended, took, answers, batch) = await TerminateUnderWayAsync(gateway, release: false);

        Assert.Equal(0, ended);
        Assert.True(took < TimeSpan.FromSeconds(10), $"The stop took {took}.");
        Assert.All(answers, Assert.Null);
        Assert.Null(batch);
        Assert.DoesNotContain(gateway.Output, line => line.Contains("Unhandled exception", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal));

        await gateway.StartAgainAsync();
        await new WatchedLog().HoldAsync(gateway.Client, "access", verifier);
        Assert.Equal(
            new Dictionary<string, int> { [LeafKinds.AccessRequested] = InFlight, [LeafKinds.AccessFailed] = InFlight },
            await KindsAsync(gateway, verifier));
    }

    /// <summary>Ends the process while the provider holds every question. An answer is null where the connection broke.</summary>
    private async Task<(int ExitCode, TimeSpan Took, Answer<RecordAnswer>?[] Answers, string? Batch)> TerminateUnderWayAsync(GatewayProcess gateway, bool release)
    {
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        var asking = Enumerable.Range(0, Queries).Select(_ => UnlessCutAsync(housing.QueryAsync(Dataset, DemoPeople.First.Number, Purpose, "name"))).ToArray();
        var batch = UnlessCutAsync(BatchAsync(housing));
        await _provider.AskedAsync(InFlight);

        var began = Stopwatch.StartNew();
        await gateway.TerminateAsync();
        await UntilAsync(() => gateway.Output.Any(line => line.Contains("Application is shutting down", StringComparison.Ordinal)));
        Assert.All(asking, answer => Assert.False(answer.IsCompleted));
        if (release)
        {
            _provider.Release();
        }

        var answers = await Task.WhenAll(asking);
        var lines = await batch;
        return (await gateway.EndAsync(), began.Elapsed, answers, lines);
    }

    private static async Task<string> BatchAsync(Api housing)
    {
        var line = $$"""{"subject":{"scheme":"cn-resident-id","value":"{{DemoPeople.First.Number}}"},"purpose":"{{Purpose}}","fields":["name"]}""";
        var lines = new StringContent(string.Join('\n', Enumerable.Repeat(line, BatchLines)), Encoding.UTF8, "application/x-ndjson");
        using var response = await housing.SendAsync(HttpMethod.Post, $"/v1/records/{Dataset}/batch", lines);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync(Cancelled);
    }

    /// <summary>Null when the connection broke: then nothing, or not all of an answer, was received.</summary>
    private static async Task<T?> UnlessCutAsync<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private Task<GatewayProcess> StartAsync(int shutdownSeconds) =>
        GatewayProcess.StartAsync(new Dictionary<string, string>(_provider.Settings) { ["ShutdownTimeoutSeconds"] = $"{shutdownSeconds}" });

    private static async Task<NoteVerifier> VerifierAsync(GatewayProcess gateway)
    {
        Assert.True(NoteVerifier.TryParse((await gateway.Client.GetStringAsync("/log/access/vkey", Cancelled)).TrimEnd(), out var verifier));
        return verifier;
    }

    /// <summary>How many entries of each kind the access log shows.</summary>
    private static async Task<Dictionary<string, int>> KindsAsync(GatewayProcess gateway, NoteVerifier verifier)
    {
        Assert.True(Checkpoint.TryOpen(await gateway.Client.GetStringAsync("/log/access/checkpoint", Cancelled), verifier, out var checkpoint));
        Assert.InRange(checkpoint.Size, 1, TileId.FullWidth - 1);
        var tile = new TileId(TileId.Entries, 0, (int)checkpoint.Size);
        return EntryBundle.Split(await gateway.Client.GetByteArrayAsync("/log/access/" + tile.ToPath(), Cancelled))
            .Select(entry => Leaf.TryDecode(entry, out var leaf) ? leaf.Kind : "")
            .CountBy(kind => kind).ToDictionary();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
