using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-STRANGER: a verifier that shares no code with the gateway follows both logs while they grow.</summary>
public sealed class StrangersVerify(SharedGateway shared) : GatewayTest(shared)
{
    private const int Looks = 5;

    [Fact]
    public async Task A_verifier_that_nobody_here_links_to_accepts_both_logs_while_load_runs()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(async _ =>
        {
            var asked = 0;
            while (!enough.IsCancellationRequested)
            {
                Assert.NotNull((await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released);
                asked++;
            }

            return asked;
        }).ToArray();

        try
        {
            for (var look = 0; look < Looks; look++)
            {
                foreach (var log in new[] { "access", "governance" })
                {
                    var (exitCode, output) = await StrangersVerifier.RunAsync(Client, log);
                    Assert.True(exitCode == 0, output);
                }
            }
        }
        finally
        {
            await enough.CancelAsync();
        }

        Assert.All(await Task.WhenAll(load), asked => Assert.True(asked > 0));
    }
}
