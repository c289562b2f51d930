using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Tests.Governance;

/// <summary>The ledger holds every command and every entry to the members.</summary>
public class MemberLedgerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestRegion.HousingClient, null)]
    [InlineData("police-system", "actor-not-authorised")]
    [InlineData("nobody", "actor-not-authorised")]
    public async Task A_command_counts_for_a_member_only_while_its_client_acts_for_it(string client, string? problem)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var command = new Nothing { By = new Party { Member = TestRegion.Housing, ClientId = client, Roles = [] } };
        Assert.Equal(problem ?? "not-found", (await region.Ledger.ExecuteAsync(command, null, Cancellation)).Problem?.Code);
    }

    [Fact]
    public async Task A_log_that_was_written_around_the_members_is_not_gone_on_under()
    {
        foreach (var @event in new GovernanceEvent[]
        {
            new MemberSuspended(TestRegion.Police, "x"),
            new PurposeWithdrawn(TestRegion.Rental, "x"),
            new QuorumSet(new RegionQuorum { Approvals = 2 }),
            new ClientsSet(TestRegion.Police, 2, [new ClientRegistration("operator")], "e30.e30.e30"),
        })
        {
            await using var region = await LedgerRegion.FoundedAsync();
            var size = region.Log.Latest.Size;
            var appended = await region.Log.AppendAsync(new LogEntry { Leaf = Leaf.Encode(@event.Kind, region.Time.GetUtcNow().ToUnixTimeMilliseconds() + 1, default, GovernanceRecords.Write(@event)) }, Cancellation);
            Assert.Equal(size, appended.Index);

            await region.StartAsync();
            var refusal = await Assert.ThrowsAsync<GovernanceException>(() => region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation));
            Assert.Contains($"Entry {size} of the governance log, '{@event.Kind}', may not stand there", refusal.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<GovernanceException>(async () => await region.Ledger.AtAsync(size + 1, default, Cancellation));
        }
    }

    private sealed record Nothing : GovernanceCommand
    {
        public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => CommandOutcome.Refuse(ProblemSlugs.NotFound, "Nothing.");
    }
}
