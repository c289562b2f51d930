using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Exchanges;

public sealed class AbortTests
{
    [Fact]
    public async Task A_caller_that_hangs_up_after_the_intent_leaves_an_outcome_and_gets_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        var outcome = new TaskCompletionSource();
        FaultyLog.Of(gateway).OnAppend = async (n, append) =>
        {
            var result = await append();
            if (n == 2)
            {
                outcome.SetResult();
            }

            return result;
        };
        var asked = new TaskCompletionSource();
        gateway.Provider.Answer = (context, _, _) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var gone = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/{TestRegion.Residence}/query")
        {
            Content = new StringContent(TestGateway.Body(TestRegion.ZhangSan, "name"), System.Text.Encoding.UTF8, "application/json"),
        };

        var sending = gateway.Client.SendAsync(request, gone.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await outcome.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], entries.Select(entry => entry.Leaf.Kind));
        Assert.Equal("caller-gone", entries[1].Record.GetProperty("problem").GetString());
    }
}
