using DataExchange.Contracts.Log;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notifications;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Notifications;

public class NotificationFeedTests
{
    [Fact]
    public void What_waits_for_an_answer_comes_first_and_what_is_over_waits_no_longer()
    {
        var rules = Founded.With(Consent with { Id = "c-asked", State = ConsentState.Requested }, Consent with { Id = "c-given" });
        rules = Set(rules, LeafKinds.MandateRequested, Mandate("m-1", MandateState.Active));

        var feed = NotificationFeed.Of(Person, rules, Now);

        Assert.Equal([("consent", "c-asked", true), ("mandate", "m-1", false)], feed.Select(item => (item.Kind, item.Id, item.WaitsForYou)));
        Assert.DoesNotContain(NotificationFeed.Of(Person, rules, Now.AddDays(1)), item => item.WaitsForYou);
    }

    [Fact]
    public void A_mandate_waits_for_those_who_have_not_confirmed()
    {
        var rules = Set(Founded, LeafKinds.MandateRequested, Mandate("m-1", MandateState.Requested));
        Assert.True(Assert.Single(NotificationFeed.Of(Stranger, rules, Now)).WaitsForYou);
        Assert.False(Assert.Single(NotificationFeed.Of(Person, rules, Now)).WaitsForYou);
        Assert.False(Assert.Single(NotificationFeed.Of(Stranger, Set(rules, LeafKinds.MandateConfirmed, Mandate("m-1", MandateState.Requested) with { Accepted = true }), Now)).WaitsForYou);
        Assert.Empty(NotificationFeed.Of(new SubjectHandle(new string('f', 64)), rules, Now));
    }

    [Fact]
    public void A_broken_glass_is_told_after_three_days_or_when_it_was_reviewed()
    {
        var grant = new BreakGlassRecord
        {
            Id = "b-1",
            Subject = Person,
            Member = "centre",
            Holder = "clerk",
            Reason = BreakGlassReason.Disaster,
            Explanation = "Flood.",
            Minutes = 15,
            RequestedAt = Now,
            OpenedAt = Now,
            EndsAt = Now.AddMinutes(15),
            State = BreakGlassState.Open,
        };
        var rules = Set(Founded, LeafKinds.BreakGlassRequested, grant);
        Assert.Empty(NotificationFeed.Of(Person, rules, Now.AddHours(72).AddTicks(-1)));
        Assert.Equal("b-1", Assert.Single(NotificationFeed.Of(Person, rules, Now.AddHours(72))).Id);
        Assert.Empty(NotificationFeed.Of(Stranger, rules, Now.AddHours(72)));

        var reviewed = Set(rules, LeafKinds.BreakGlassReviewed, grant with { State = BreakGlassState.Justified, ClosedAt = Now.AddHours(1), Finding = "Right." });
        Assert.Equal("Right.", Assert.Single(NotificationFeed.Of(Person, reviewed, Now.AddHours(1))).Finding);
    }

    [Fact]
    public void A_protective_hold_is_in_nobody_s_feed()
    {
        var hold = new RestrictionRecord { Id = "h", Subject = Person, Kind = RestrictionKind.Hold, State = RestrictionState.InForce, Purposes = [] };
        Assert.Empty(NotificationFeed.Of(Person, Set(Founded, LeafKinds.RestrictionImposed, hold), Now));
    }

    private static MandateRecord Mandate(string id, MandateState state) => new()
    {
        Id = id,
        Subject = Person,
        Kind = MandateKind.Agent,
        Delegate = Stranger,
        Confirmers = [],
        Needed = 0,
        Confirmed = [],
        Accepted = state == MandateState.Active,
        Themes = ["rental"],
        ValidFrom = Now,
        ValidTo = Now.AddDays(1),
        State = state,
    };

    private static RegionSnapshot Set(RegionSnapshot rules, string kind, PersonalRecord record) => rules.Apply(new PersonalChanged(kind, record), rules.GovernanceSize);
}
