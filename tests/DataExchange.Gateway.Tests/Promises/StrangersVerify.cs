using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>P-STRANGER: a verifier that shares no code with the gateway follows both logs while they grow.</summary>
public sealed class StrangersVerify(SharedGateway shared) : GatewayTest(shared), IDisposable
{
    private const int Looks = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("strangers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    [Theory]
    [InlineData("access")]
    [InlineData("governance")]
    public async Task It_finds_the_cosignatures_that_the_regions_own_policy_asks_for(string log)
    {
        // A log without entries is not shown to the witnesses.
        _ = (await (await Api.OfClientAsync(Client, "housing-authority")).QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released;
        var region = await Client.GetFromJsonAsync<JsonElement>("/.well-known/data-exchange", Cancelled);
        var policy = Path.Combine(_folder, "policy");
        await File.WriteAllTextAsync(policy, region.GetProperty("witnesses").GetProperty("policy").GetString(), Cancelled);

        // Cosignatures follow a checkpoint.
        var patience = Stopwatch.StartNew();
        (int ExitCode, string Output) last;
        while ((last = await VerifyAsync(log, "--policy", policy)).ExitCode != 0)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), last.Output);
            await Task.Delay(200, Cancelled);
        }
    }

    [Fact]
    public async Task It_accepts_the_receipt_of_a_release_and_that_the_log_grew_from_it()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var answer = (await housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name")).Released;
        var (receipt, since) = (Path.Combine(_folder, "receipt"), Path.Combine(_folder, "since"));
        await File.WriteAllBytesAsync(receipt, JsonSerializer.SerializeToUtf8Bytes(answer.Receipt, ContractsJsonContext.Default.Receipt), Cancelled);
        var (exitCode, output) = await StrangersVerifier.RunAsync("verify_tlog.py", await VkeyAsync("access"), "--receipt", receipt);
        Assert.True(exitCode == 0, output);

        Assert.True(TlogProof.TryParse(answer.Receipt.Proof, out var proof));
        await File.WriteAllTextAsync(since, proof.CheckpointNote, Cancelled);
        Assert.True(Checkpoint.TryParse(proof.CheckpointNote[..(proof.CheckpointNote.IndexOf("\n\n", StringComparison.Ordinal) + 1)], out var then));
        using (await Client.GetAsync($"/v1/receipts/access/{then.Size - 1}", Cancelled))
        {
            // Answered when it is published: now the served log is no smaller than the receipt's.
        }

        (exitCode, output) = await VerifyAsync("access", "--since", since);
        Assert.True(exitCode == 0, output);
    }

    private async Task<(int ExitCode, string Output)> VerifyAsync(string log, params string[] options) =>
        await StrangersVerifier.RunAsync("verify_tlog.py", [new Uri(Client.BaseAddress!, $"/log/{log}").ToString(), await VkeyAsync(log), .. options]);

    private async Task<string> VkeyAsync(string log) => (await Client.GetStringAsync($"/log/{log}/vkey", Cancelled)).TrimEnd();
}
