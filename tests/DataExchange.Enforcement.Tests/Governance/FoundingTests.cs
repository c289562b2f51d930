using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Tests.Governance;

public class FoundingTests
{
    private static readonly FoundingDocument Document = TestRegion.Founding();
    private static readonly GovernanceEvent[] Events = [.. FoundingFile.Events(Document)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every way in which a file can differ, and the first entry that does.</summary>
    public static TheoryData<string, int> Differences => new()
    {
        { "another name", 0 },
        { "one agreement more", 0 },
        { "one agreement less", 0 },
        { "a member's client", 1 },
        { "members in another order", 1 },
        { "a suspended agreement", 0 },
        { "an agreement's quota", Events.Length - 1 },
    };

    [Fact]
    public async Task Before_the_founding_nothing_is_permitted()
    {
        await using var region = new LedgerRegion();
        await region.StartAsync();
        Assert.Equal(0, region.Ledger.Current.GovernanceSize);
        Assert.Empty(region.Ledger.Current.Datasets);
    }

    [Fact]
    public async Task The_first_start_appends_the_founding_in_the_open_and_later_starts_append_nothing()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        for (var start = 0; start < 3; start++)
        {
            await AssertFoundedAsync(region);
            await region.StartAsync();
            await region.Ledger.FoundAsync(Document, Cancellation);
        }

        await AssertFoundedAsync(region);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_founding_that_broke_off_is_taken_up_where_it_stopped(int fails)
    {
        await using var region = new LedgerRegion();
        await region.StartAsync();
        region.Log.OnAppend = (n, append) => n < fails ? append() : throw new LogUnavailableException("Injected.");
        await Assert.ThrowsAsync<LogUnavailableException>(() => region.Ledger.FoundAsync(Document, Cancellation));
        Assert.Equal(0, region.Ledger.Current.GovernanceSize);

        await region.StartAsync();
        await region.Ledger.FoundAsync(Document, Cancellation);

        await AssertFoundedAsync(region);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Another_founding_file_is_refused_with_the_entry_that_differs(string difference, int entry)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await region.StartAsync();

        var refused = await Assert.ThrowsAsync<GovernanceException>(() => region.Ledger.FoundAsync(Change(difference), Cancellation));

        Assert.Contains($"entry {entry} ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Events.Length, region.Log.Latest.Size);
        Assert.Equal(0, region.Ledger.Current.GovernanceSize);
    }

    [Fact]
    public async Task A_file_that_grew_while_the_founding_was_broken_off_is_refused()
    {
        await using var region = new LedgerRegion();
        await region.StartAsync();
        region.Log.OnAppend = (n, append) => n < 4 ? append() : throw new LogUnavailableException("Injected.");
        await Assert.ThrowsAsync<LogUnavailableException>(() => region.Ledger.FoundAsync(Document, Cancellation));
        await region.StartAsync();
        await Assert.ThrowsAsync<GovernanceException>(() => region.Ledger.FoundAsync(Change("one agreement more"), Cancellation));
    }

    private static FoundingDocument Change(string difference) => difference switch
    {
        "another name" => Document with { Names = new LocalizedText { ["en"] = "Other" } },
        "one agreement more" => Document with { Agreements = [.. Document.Agreements, Agreement(a => a with { Id = "third" })] },
        "one agreement less" => Document with { Agreements = [Document.Agreements[0]] },
        "a member's client" => Document with { Members = [Document.Members[0] with { Clients = [] }, Document.Members[1]] },
        "members in another order" => Document with { Members = [.. Document.Members.Reverse()] },
        "a suspended agreement" => Document with { Agreements = [Document.Agreements[0], Document.Agreements[1] with { SuspendedBecause = "Why not." }] },
        "an agreement's quota" => Document with { Agreements = [Document.Agreements[0], Agreement(a => a with { Quota = new Quota(3, 3600) })] },
        _ => throw new ArgumentOutOfRangeException(nameof(difference), difference, null),
    };

    private static SignedAgreement Agreement(Func<SharingAgreement, SharingAgreement> change) =>
        Document.Agreements[1] with { Agreement = change(Document.Agreements[1].Agreement) };

    private static async Task AssertFoundedAsync(LedgerRegion region)
    {
        var entries = await region.EntriesAsync();
        Assert.Equal(Events.Length, entries.Count);
        foreach (var (entry, @event) in entries.Zip(Events))
        {
            Assert.True(Leaf.TryDecode(entry.Leaf, out var leaf));
            Assert.True(leaf.IsOpen);
            Assert.Equal(@event.Kind, leaf.Kind);
            Assert.Equal(GovernanceRecords.Write(@event), leaf.Body.ToArray());
            Assert.True(entry.Sealed.IsEmpty);
        }

        Assert.Equal(Events.Length, region.Ledger.Current.GovernanceSize);
        Assert.Equal(TestRegion.Name, region.Ledger.Current.Region);
        Assert.Equal(2, region.Ledger.Current.Agreements.All.Count());
    }
}
