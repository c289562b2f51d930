using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Agreements.TestAgreements;

namespace DataExchange.Policy.Tests.Agreements;

/// <summary>Everything happens on 1 June 2026, a Monday; Friday 19 June is the Dragon Boat Festival.</summary>
public class AgreementClockTests
{
    private static AgreementClock? ClockOf(RegionSnapshot rules) => rules.Agreements.FindRecord(Id)!.Pending!.Clock;

    private static DateTimeOffset DueOf(RegionSnapshot rules) => ClockOf(rules)!.Due(AgreementClocks.CalendarOf(rules)).At;

    private static DateTimeOffset EndOf(int month, int day) => new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(1);

    [Fact]
    public void The_answer_to_a_request_is_due_after_ten_working_days_or_after_one()
    {
        Assert.Equal(EndOf(6, 15), DueOf(Submitted()));
        var open = Bare.After(new DatasetPublished(Bare.FindDataset(TestRegion.Dataset)! with { ShareClass = ShareClass.Unconditional }))
            .Do(new DraftAgreement(Agreement) { Id = Id }, "housing").Do(new SubmitAgreement { Id = Id }, "housing");
        Assert.Equal(EndOf(6, 2), DueOf(open));
    }

    [Fact]
    public void An_answer_is_extended_once_and_before_it_is_due()
    {
        var extended = Submitted().Do(new ExtendAgreement(10, "The archive moves.") { Id = Id }, "registry");
        Assert.Equal(EndOf(6, 30), DueOf(extended)); // The festival is no working day.
        Assert.Equal("state-conflict", extended.Try(new ExtendAgreement(1, "More.") { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("state-conflict", Submitted().Try(new ExtendAgreement(1, "Late.") { Id = Id }, "registry", EndOf(6, 15)).Problem?.Code);
        Assert.Equal("request-malformed", Submitted().Try(new ExtendAgreement(11, "Long.") { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("request-malformed", Submitted().Try(new ExtendAgreement(0, "None.") { Id = Id }, "registry").Problem?.Code);
    }

    [Fact]
    public void The_clock_stands_still_while_a_supplement_is_awaited_and_begins_anew_with_it()
    {
        var waiting = Submitted().Do(new RequestSupplement("Which desk?") { Id = Id }, "registry");
        Assert.Null(ClockOf(waiting));
        Assert.Equal(EndOf(6, 15), DueOf(waiting.Do(new SupplementAgreement(Agreement) { Id = Id }, "housing")));
    }

    [Fact]
    public void The_providers_signature_stops_its_clock_and_the_last_one_starts_that_of_the_provision()
    {
        Assert.NotNull(ClockOf(Submitted().SignedBy("housing")));
        Assert.Null(ClockOf(Submitted().SignedBy("registry")));
        var approved = Approved();
        Assert.Equal(("provision", "registry"), (ClockOf(approved)!.Code, ClockOf(approved)!.Late));
        Assert.Equal(EndOf(6, 30), DueOf(approved));
        Assert.Null(approved.Do(new ProvisionAgreement { Id = Id }, "registry").Agreements.FindRecord(Id)!.Pending);
    }

    [Fact]
    public void A_missed_clock_is_escalated_once_and_not_before_it_is_missed()
    {
        var rules = Submitted();
        var due = EndOf(6, 15);
        Assert.Empty(AgreementClocks.Missed(rules, due.AddTicks(-1)));
        var missed = Assert.Single(AgreementClocks.Missed(rules, due));

        Assert.Null(missed.Handle(rules, due.AddTicks(-1)).Event);
        var escalated = Assert.IsType<AgreementEscalated>(missed.Handle(rules, due).Event);
        Assert.Equal(("reply-conditional", Now, due, "registry"), (escalated.Clock, escalated.Started, escalated.Due, escalated.Late));

        rules = rules.After(escalated);
        Assert.Empty(AgreementClocks.Missed(rules, due));
        Assert.Equal("state-conflict", missed.Handle(rules, due).Problem?.Code);
        Assert.NotNull(rules.Try(new ApproveAgreement(Sign(Agreement, "registry")) { Id = Id }, "registry", due).Event);
    }

    [Fact]
    public void What_was_answered_in_time_is_never_escalated() => Assert.Empty(AgreementClocks.Missed(Active(), EndOf(12, 1)));

    [Fact]
    public void The_next_clock_of_the_same_agreement_is_escalated_on_its_own()
    {
        var rules = Submitted();
        rules = rules.After(Assert.Single(AgreementClocks.Missed(rules, EndOf(6, 15))).Handle(rules, EndOf(6, 15)).Event!).SignedBy(Parties);
        Assert.Equal(StatutoryClocks.Provision.Code, Assert.Single(AgreementClocks.Missed(rules, EndOf(6, 30))).Clock);
    }
}
