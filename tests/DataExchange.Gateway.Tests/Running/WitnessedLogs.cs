using System.Text.Json;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>What the witnesses of a gateway have cosigned.</summary>
internal static class WitnessedLogs
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The policy that the region shows.</summary>
    public static async Task<TlogPolicy> WitnessPolicyAsync(this GatewayProcess gateway)
    {
        var description = JsonElement.Parse(await gateway.Client.GetStringAsync("/.well-known/data-exchange", Cancelled));
        Assert.Equal("Async", description.GetProperty("witnesses").GetProperty("mode").GetString());
        Assert.True(TlogPolicy.TryParse(description.GetProperty("witnesses").GetProperty("policy").GetString(), out var policy, out _));
        return policy;
    }

    /// <summary>Waits for a checkpoint of at least so many entries that the policy's quorum has cosigned.</summary>
    public static async Task<SignedNote> WitnessedAsync(this GatewayProcess gateway, string log, TlogPolicy policy, long size)
    {
        Assert.True(NoteVerifier.TryParse((await gateway.Client.GetStringAsync($"/log/{log}/vkey", Cancelled)).TrimEnd(), out var verifier));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var text = await gateway.Client.GetStringAsync($"/log/{log}/checkpoint", patience.Token);
            Assert.True(Checkpoint.TryOpen(text, verifier, out var checkpoint));
            Assert.True(SignedNote.TryParse(text, out var note));
            if (checkpoint.Size >= size && policy.IsMetBy(note))
            {
                return note;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
