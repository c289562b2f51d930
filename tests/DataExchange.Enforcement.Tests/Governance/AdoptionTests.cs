using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Merkle;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Founding;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Tests.Governance;

/// <summary>A governance log that takes a retired one's place holds the same rules, and says in the open what it is.</summary>
public sealed class AdoptionTests
{
    private static readonly int Founded = FoundingFile.Events(TestRegion.Founding()).Count();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_go_on_consents_wait_to_be_given_anew_and_every_older_size_can_still_be_replayed()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = (await region.ResolveAsync(TestRegion.ZhangSan), await region.ResolveAsync(TestRegion.LiSi));
        var given = (await region.RequestAsync(zhang)).Consent!.Id;
        await region.DecideAsync(zhang, given, ConsentDecision.Give);
        var withdrawn = (await region.RequestAsync(li)).Consent!.Id;
        await region.DecideAsync(li, withdrawn, ConsentDecision.Give);
        await region.DecideAsync(li, withdrawn, ConsentDecision.Withdraw);
        var before = region.Ledger.Current;
        var entries = await region.EntriesAsync();

        for (var adoption = 1; adoption <= 2; adoption++)
        {
            await OrderAsync(region, adoption);
            await region.StartAsync();
            await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);

            var now = region.Ledger.Current;
            Assert.Equal($"test.example/governance-{adoption + 1}", region.Log.Origin);
            Assert.Equal(before.GovernanceSize + adoption, now.GovernanceSize);
            Assert.Equal(ConsentState.Invalidated, now.FindConsent(given)?.State);
            Assert.Equal(ConsentState.Withdrawn, now.FindConsent(withdrawn)?.State);
            Assert.Equal(entries.Select(entry => Convert.ToHexString(entry.Leaf.Span)), (await region.EntriesAsync()).Skip(adoption).Select(entry => Convert.ToHexString(entry.Leaf.Span)));
            for (var size = Founded + adoption; size <= now.GovernanceSize; size++)
            {
                var replayed = await region.Ledger.AtAsync(size, zhang.Handle, Cancellation);
                Assert.Equal(size > Founded + adoption + 1 ? ConsentState.Invalidated : size > Founded + adoption ? ConsentState.Requested : null, replayed.FindConsent(given)?.State);
            }
        }

        var anew = (await region.RequestAsync(zhang)).Consent!.Id;
        await region.DecideAsync(zhang, anew, ConsentDecision.Give);
        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
        Assert.Equal(ConsentState.Given, region.Ledger.Current.FindConsent(anew)?.State);
        Assert.Equal(ConsentState.Invalidated, region.Ledger.Current.FindConsent(given)?.State);
        Assert.Equal(ConsentState.Withdrawn, (await region.DecideAsync(zhang, given, ConsentDecision.Withdraw)).Consent?.State);
    }

    [Fact]
    public async Task The_first_entry_of_both_logs_says_in_the_open_what_was_retired_and_what_is_known()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var stored = region.Log.Latest.Checkpoint;
        var vkey = region.Log.Verifier.ToString();
        var note = await OrderAsync(region, 1);
        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);

        Assert.True(Leaf.TryDecode((await region.EntriesAsync())[0].Leaf, out var leaf));
        Assert.Equal((LeafKinds.LogAdopted, true), (leaf.Kind, leaf.IsOpen));
        var record = JsonElement.Parse(leaf.Body.Span);
        Assert.Equal(leaf.Body.ToArray(), CanonicalJson.Canonicalize(record));
        Assert.Equal(
            ["carried", "known", "order", "origin", "reason", "stored", "vkey"],
            record.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("test.example/governance", vkey), (record.GetProperty("origin").GetString(), record.GetProperty("vkey").GetString()));
        Assert.Equal((stored.Size, stored.Root.ToString()), (record.GetProperty("stored").GetProperty("size").GetInt64(), record.GetProperty("stored").GetProperty("root").GetString()));
        Assert.Equal(note, record.GetProperty("known")[0].GetString());
        Assert.Equal(stored.Size, record.GetProperty("carried").GetInt64());

        var access = region.Get<RegionLogs>().Access;
        Assert.Equal("test.example/access-2", access.Origin);
        Assert.True(Leaf.TryDecode((await access.ReadAsync(0, 1, Cancellation).SingleAsync(Cancellation)).Leaf, out leaf));
        Assert.Equal(0, JsonElement.Parse(leaf.Body.Span).GetProperty("known").GetArrayLength());
    }

    [Fact]
    public async Task Another_founding_file_is_still_refused()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await OrderAsync(region, 1);
        await region.StartAsync();
        var other = TestRegion.Founding() with { Founded = TestRegion.Founding().Founded.AddDays(1) };
        var error = await Assert.ThrowsAsync<GovernanceException>(() => region.Ledger.FoundAsync(other, Cancellation));
        Assert.Contains("entry 1 of the governance log", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00 and more")]
    public async Task A_reason_that_no_record_can_hold_is_refused_by_name(string reason)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await OrderAsync(region, 1);
        var order = Path.Combine(region.Folder, "adopt.json");
        await File.WriteAllTextAsync(order, (await File.ReadAllTextAsync(order, Cancellation)).Replace("the disk is gone", reason, StringComparison.Ordinal), Cancellation);
        await Assert.ThrowsAsync<AdoptionRefusedException>(region.StartAsync);
    }

    /// <summary>Stops the region and orders the adoption of both logs: the governance log has signed 500 entries more, which are lost. Returns what says so.</summary>
    private static async Task<string> OrderAsync(LedgerRegion region, int adoption)
    {
        var logs = region.Get<RegionLogs>();
        var label = adoption == 1 ? "governance" : $"governance-{adoption}";
        using var signer = NoteSigner.FromSeed($"test.example/{label}", Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(region.Folder, label + ".key"), Cancellation)));
        var note = new Checkpoint(signer.Name, logs.Governance.Latest.Size + 500, TreeHasher.EmptyRoot).Sign(signer);
        object Part(ITransparencyLog log, params string[] known) => new
        {
            log = log.Name,
            origin = log.Origin,
            vkey = log.Verifier.ToString(),
            size = log.Latest.Size,
            root = log.Latest.Checkpoint.Root.ToString(),
            known,
        };
        var order = JsonSerializer.Serialize(new
        {
            id = new string((char)('a' + adoption), 32),
            reason = "the disk is gone",
            logs = new[] { Part(logs.Governance, note), Part(logs.Access) },
        });
        await region.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "adopt.json"), order, Cancellation);
        return note;
    }
}
