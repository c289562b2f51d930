using DataExchange.Contracts.Log;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-RECORD and P-STRANGER against SIGKILL: nothing that was released or acknowledged is missing afterwards, and the log never contradicts itself.</summary>
public sealed class SurvivingKills
{
    private const int Kills = 50;
    private const int Callers = 8;

    [Fact]
    public async Task Whatever_a_client_received_is_in_the_log_after_every_kill()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        Assert.True(NoteVerifier.TryParse((await gateway.Client.GetStringAsync("/log/access/vkey", TestContext.Current.CancellationToken)).TrimEnd(), out var verifier));
        var watched = new WatchedLog();
        var released = 0;

        for (var kill = 0; kill < Kills; kill++)
        {
            released += await LoadUntilKilledAsync(gateway, watched, verifier, answersBeforeKill: 1 + (kill * 37 % 400));
            await gateway.StartAgainAsync();
            await watched.HoldAsync(gateway.Client, "access", verifier);
        }

        Assert.True(released >= Kills, $"Only {released} records were released between {Kills} kills.");
        Assert.True(watched.Acknowledged >= released);
    }

    /// <summary>Callers ask as fast as they can; after so many answers, in the middle of whatever the others are doing, the process is killed.</summary>
    private static async Task<int> LoadUntilKilledAsync(GatewayProcess gateway, WatchedLog watched, NoteVerifier verifier, int answersBeforeKill)
    {
        var client = gateway.Client;
        var housing = await Api.OfClientAsync(client, "housing-authority");
        var answers = 0;
        var released = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            var person = caller % 2 == 0 ? DemoPeople.First : DemoPeople.Take(gateway);
            while (true)
            {
                try
                {
                    var dataset = caller % 4 == 3 ? "human-resources/social-insurance" : "public-security/residence";
                    var answer = await housing.QueryAsync(dataset, person.Number, "rental-housing-application", caller % 4 == 3 ? "status" : "name");
                    if (answer.Body is { } record)
                    {
                        Assert.True(Leaf.TryDecode(Convert.FromBase64String(record.Receipt.Leaf), out var leaf));
                        Assert.Equal(LeafKinds.AccessReleased, leaf.Kind);
                        watched.Remember(record.Receipt, verifier);
                        Interlocked.Increment(ref released);
                    }
                    else if (answer.Problem?.Receipt is { } receipt)
                    {
                        watched.Remember(receipt, verifier);
                    }
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException or ObjectDisposedException
                    || (cut is OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested))
                {
                    return; // The kill, or the client that was disposed of with it. A body that was cut off was not received.
                }

                if (Interlocked.Increment(ref answers) == answersBeforeKill)
                {
                    enough.SetResult();
                }
            }
        }).ToArray();

        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        Assert.True(enough.Task.IsCompleted, "The callers ended before the kill.");
        await gateway.KillAsync();
        await Task.WhenAll(callers);
        return released;
    }
}
