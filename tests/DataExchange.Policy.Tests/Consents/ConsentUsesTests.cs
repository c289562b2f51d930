using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Consents;

/// <summary>Consents that permit so many releases.</summary>
public class ConsentUsesTests
{
    private static readonly ConsentRecord Once = Consent with { MaxUses = 1 };

    [Fact]
    public void The_exchange_that_took_the_last_use_goes_on_and_every_other_is_refused()
    {
        var rules = Founded.With(Once);
        var first = Decide(rules, exchange: null);
        Assert.Equal(DecisionOutcome.Permit, first.Outcome);
        Assert.Equal([Once.Id], first.Uncounted);

        rules = Count(rules, exchange: 5);
        Assert.Equal(ConsentState.Exhausted, rules.FindConsent(Once.Id)?.State);
        var own = Decide(rules, exchange: 5);
        Assert.Equal(DecisionOutcome.Permit, own.Outcome);
        Assert.Empty(own.Uncounted);
        Assert.Equal("consent-not-valid", Decide(rules, exchange: 6).Problem?.Code);
        Assert.Equal("consent-not-valid", Decide(rules, exchange: null).Problem?.Code);
        Assert.Equal("state-conflict", Use(7).Handle(rules, Now).Problem?.Code);
    }

    [Fact]
    public void A_withdrawal_ends_also_what_was_counted()
    {
        var rules = Count(Founded.With(Once), exchange: 5);
        rules = rules.With(rules.FindConsent(Once.Id)! with { State = ConsentState.Withdrawn });
        Assert.Equal("consent-not-valid", Decide(rules, exchange: 5).Problem?.Code);
    }

    [Fact]
    public void A_consent_without_a_limit_is_never_counted()
    {
        var decision = Decide(Founded.With(Consent), exchange: null);
        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Empty(decision.Uncounted);
        Assert.Equal("state-conflict", Use(1).Handle(Founded.With(Consent), Now).Problem?.Code);
    }

    [Fact]
    public void An_exchange_is_counted_once()
    {
        var rules = Count(Founded.With(Consent with { MaxUses = 5 }), exchange: 5);
        Assert.Equal("state-conflict", Use(5).Handle(rules, Now).Problem?.Code);
        Assert.Equal([5L], rules.FindConsent(Consent.Id)?.Uses);
    }

    [Fact]
    public void A_periodic_consent_is_counted_anew_in_each_period()
    {
        var monthly = Consent with { MaxUses = 2, Period = ConsentPeriod.Month, ValidTo = Now.AddYears(1) };
        var rules = Count(Count(Founded.With(monthly), 1), 2);
        Assert.Equal(ConsentState.Given, rules.FindConsent(monthly.Id)?.State);
        Assert.Equal("state-conflict", Use(3).Handle(rules, Now).Problem?.Code);

        var later = monthly.ValidFrom!.Value.AddMonths(1);
        Assert.Equal("state-conflict", Use(3).Handle(rules, later.AddMilliseconds(-1)).Problem?.Code);
        var counted = ((PersonalChanged)Use(3).Handle(rules, later).Event!).Record as ConsentRecord;
        Assert.Equal([3L], counted!.Uses);
        Assert.Equal(later, counted.UsesFrom);
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", ConsentPeriod.Month, "2026-02-28T09:59:59Z", "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31T10:00:00Z", ConsentPeriod.Month, "2026-02-28T10:00:00Z", "2026-02-28T10:00:00Z")]
    [InlineData("2026-01-31T10:00:00Z", ConsentPeriod.Month, "2026-03-30T00:00:00Z", "2026-02-28T10:00:00Z")]
    [InlineData("2026-01-31T10:00:00Z", ConsentPeriod.Month, "2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z")]
    [InlineData("2024-02-29T00:00:00Z", ConsentPeriod.Year, "2025-02-27T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("2024-02-29T00:00:00Z", ConsentPeriod.Year, "2025-02-28T00:00:00Z", "2025-02-28T00:00:00Z")]
    [InlineData("2026-01-01T08:00:00Z", ConsentPeriod.Day, "2026-01-03T07:59:59Z", "2026-01-02T08:00:00Z")]
    [InlineData("2026-01-01T08:00:00Z", ConsentPeriod.Week, "2026-01-15T08:00:00Z", "2026-01-15T08:00:00Z")]
    public void Periods_run_from_the_giving(string from, ConsentPeriod period, string now, string start) => Assert.Equal(
        Time(start), ConsentUses.PeriodStart(Consent with { ValidFrom = Time(from), Period = period, MaxUses = 1 }, Time(now)));

    [Fact]
    public void The_exchange_stands_in_the_recorded_request_only_where_uses_are_counted()
    {
        Assert.Equal(7, ReadBack(Request with { Exchange = 7 }).Exchange);
        Assert.Null(ReadBack(Request).Exchange);
    }

    [Fact]
    public void Uses_come_back_from_the_record_as_they_were()
    {
        var used = new PersonalChanged(LeafKinds.ConsentUsed, Consent with { MaxUses = 3, Period = ConsentPeriod.Week, Uses = [1, 5], UsesFrom = Now });
        Assert.Equivalent(used, GovernanceRecords.Read(used.Kind, GovernanceRecords.Write(used), Person), strict: true);
    }

    private static ExchangeRequest ReadBack(ExchangeRequest request)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        DecisionRecord.WriteRequest(new CanonicalJsonWriter(output), request);
        return DecisionRecord.ReadRequest(System.Text.Json.JsonElement.Parse(output.WrittenSpan), Person);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static UseConsent Use(long exchange) => new() { By = Party.Gateway, Subject = Person, Id = Consent.Id, Exchange = exchange };

    private static RegionSnapshot Count(RegionSnapshot rules, long exchange) => rules.Apply(Use(exchange).Handle(rules, Now).Event!, rules.GovernanceSize);

    private static Decision Decide(RegionSnapshot rules, long? exchange) =>
        PolicyDecisionPoint.Decide(Request with { Fields = ["married"], Exchange = exchange }, rules, Now);
}
