using DataExchange.Contracts.Log;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Scorecards;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Scorecards;

public class PublishScorecardTests
{
    private static readonly DateTimeOffset Due = new(2026, 6, 1, 1, 0, 0, TimeSpan.Zero);

    private static readonly MachineTable Table = MachineTable.Read("Scorecards");

    internal static Scorecard Card { get; } = new ScorecardCount(new ScorecardPeriod(2026, 5)).ToScorecard(new ScorecardRange(3, 7), new ScorecardRange(0, 9));

    public static TheoryData<string, string> Combinations =>
        [.. from state in Table.States from role in new[] { Roles.DepartmentSystem, Roles.DeskClerk, Roles.Steward, Roles.Reviewer, Roles.Citizen, Roles.Operator, "nobody" } select (state, role)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_month_is_published_once_by_those_whom_the_table_names(string state, string role)
    {
        var rules = state == "Published" ? Founded.Apply(new ScorecardPublished(Card), Founded.GovernanceSize) : Founded;
        var outcome = Publish(role).Handle(rules, Due);
        var next = Table.Next(state, "publish", role);
        Assert.Equal(next, outcome.Event is ScorecardPublished ? "Published" : null);
        Assert.Equal(next is not null ? null : Table.Knows("publish", role) ? "state-conflict" : "actor-not-authorised", outcome.Problem?.Code);
    }

    [Fact]
    public void Nothing_is_published_before_the_month_has_been_over_for_an_hour()
    {
        Assert.Equal("state-conflict", Publish(Roles.Reviewer).Handle(Founded, Due.AddMilliseconds(-1)).Problem?.Code);
        Assert.NotNull(Publish(Roles.Reviewer).Handle(Founded, Due).Event);
    }

    [Fact]
    public void What_is_published_comes_back_as_it_was()
    {
        var published = Assert.IsType<ScorecardPublished>(GovernanceRecords.Read(LeafKinds.ScorecardPublished, GovernanceRecords.Write(new ScorecardPublished(Card))));
        Assert.Equivalent(Card, published.Card, strict: true);
        Assert.Equal("2026-05", Founded.Apply(published, Founded.GovernanceSize).FindScorecard("2026-05")?.Period);
    }

    private static PublishScorecard Publish(string role) => new() { Card = Card, By = role == "nobody" ? Party.Nobody : new Party { ClientId = "desk", Roles = [role] } };
}
