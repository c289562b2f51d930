using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Tests.Governance;

/// <summary>P-REPLAY: the log alone gives back the rules of every size it ever had.</summary>
public class ReplayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_every_size_the_decision_is_the_one_made_then()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = (await region.ResolveAsync(TestRegion.ZhangSan), await region.ResolveAsync(TestRegion.LiSi));
        var history = new List<RegionSnapshot> { region.Ledger.Current };
        foreach (var person in new[] { zhang, li, zhang })
        {
            var id = (await region.RequestAsync(person)).Consent!.Id;
            history.Add(region.Ledger.Current);
            region.Time.Advance(TimeSpan.FromDays(40)); // Into another month: another tag.
            await region.DecideAsync(person, id, ConsentDecision.Give);
            history.Add(region.Ledger.Current);
            await region.DecideAsync(person, id, ConsentDecision.Withdraw);
            history.Add(region.Ledger.Current);
        }

        var now = region.Time.GetUtcNow();
        await region.StartAsync();
        var outcomes = new HashSet<DecisionOutcome>();
        foreach (var then in history)
        {
            foreach (var token in new[] { zhang.Handle, li.Handle })
            {
                var replayed = await region.Ledger.AtAsync(then.GovernanceSize, token, Cancellation);
                Assert.Equal(then.GovernanceSize, replayed.GovernanceSize);
                Assert.Equivalent(then.ConsentsOf(token), replayed.ConsentsOf(token), strict: true);
                var decided = PolicyDecisionPoint.Decide(Request(token), then, now);
                Assert.Equivalent(decided, PolicyDecisionPoint.Decide(Request(token), replayed, now), strict: true);
                outcomes.Add(decided.Outcome);
            }
        }

        Assert.Equal([DecisionOutcome.Deny, DecisionOutcome.Permit], outcomes.Order());
    }

    [Fact]
    public async Task The_rules_rebuilt_for_one_person_hold_nothing_of_another()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = (await region.ResolveAsync(TestRegion.ZhangSan), await region.ResolveAsync(TestRegion.LiSi));
        await region.RequestAsync(zhang);
        var rebuilt = await region.Ledger.AtAsync(region.Log.Latest.Size, li.Handle, Cancellation);
        Assert.Empty(rebuilt.ConsentsOf(zhang.Handle));
        Assert.Empty(rebuilt.ConsentsOf(li.Handle));
    }

    [Fact]
    public async Task Half_founded_rules_are_what_they_were()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        Assert.Empty((await region.Ledger.AtAsync(0, person.Handle, Cancellation)).Region);
        Assert.Single((await region.Ledger.AtAsync(2, person.Handle, Cancellation)).Members);
        var whole = await region.Ledger.AtAsync(FoundingFile.Events(TestRegion.Founding()).Count(), person.Handle, Cancellation);
        Assert.Equal(2, whole.Agreements.All.Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task A_size_that_the_log_never_had_has_no_rules(long size)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => region.Ledger.AtAsync(size, person.Handle, Cancellation).AsTask());
    }

    private static ExchangeRequest Request(SubjectHandle subject) => new()
    {
        Actor = new Actor { ClientId = TestRegion.HousingClient, Roles = ["department-system"] },
        Subject = subject,
        SubjectScheme = TestRegion.ZhangSan.Scheme,
        Dataset = TestRegion.Residence,
        Purpose = TestRegion.Rental,
        Fields = ["phone"],
        Mode = ExchangeMode.Query,
    };
}
