using System.Text.Json;
using CsCheck;
using DataExchange.Contracts.Scorecards;

namespace DataExchange.Contracts.Tests.Scorecards;

public class ScorecardCountTests
{
    private static readonly ScorecardPeriod May = new(2026, 5);

    private readonly ScorecardCount _count = new(May);
    private long _index;

    [Fact]
    public void Availability_is_what_was_released_of_what_the_provider_could_have_answered()
    {
        Repeat(97, () => Access("access.released", """{"provider":"police","consumer":"housing"}"""));
        Failed("provider-unavailable");
        Failed("provider-timeout");
        Failed("provider-schema-violation");
        Failed("provider-subject-mismatch");
        Failed("not-found");
        Failed("caller-gone");

        var police = Department("police").Provider;
        Assert.Equal((97, 1, 1, 2, 2), (police.Released, police.Unavailable, police.TimedOut, police.SchemaFaults, police.OtherFailures));
        // 97 of 101, rounded down from 0.96039….
        Assert.Equal("0.9603", police.Availability);
    }

    [Fact]
    public void A_refusal_after_an_intent_is_the_same_attempt()
    {
        Requested();
        Refused("consent-not-valid", ""","intent":4""");
        Refused("consent-required", "");
        Refused("consent-required", "");

        var housing = Department("housing").Consumer;
        Assert.Equal((3, 3, "1.0000"), (housing.Attempts, housing.Refused, housing.RefusedShare));
        Assert.Equal([new CodeCount("consent-not-valid", 1), new CodeCount("consent-required", 2)], housing.Refusals);
        Assert.Equal(new OfficialScorecard("desk", "li", 3, 3, "housing", "1.0000"), Assert.Single(_count.ToOfficials()));
    }

    [Fact]
    public void Answers_after_a_missed_clock_for_the_reply_are_late_and_others_are_not()
    {
        Governance("agreement.escalated", """{"id":"a","revision":1,"clock":"reply-conditional","late":"police"}""", May.StartMs - 1);
        Governance("agreement.escalated", """{"id":"b","revision":1,"clock":"provision","late":"police"}""", May.StartMs);
        Governance("agreement.approved", """{"id":"a","revision":1,"member":"police"}""", May.StartMs);
        Governance("agreement.approved", """{"id":"a","revision":1,"member":"housing"}""", May.StartMs);
        Governance("agreement.refused", """{"id":"a","revision":2,"member":"police"}""", May.StartMs);
        Governance("agreement.approved", """{"id":"b","revision":1,"member":"police"}""", May.EndMs - 1);
        Governance("agreement.approved", """{"id":"c","revision":1,"member":"police"}""", May.EndMs);

        Assert.Equal(new AgreementScorecard(3, 2, 1, "0.6666"), Department("police").Agreements);
        Assert.Equal(new AgreementScorecard(1, 1, 0, "1.0000"), Department("housing").Agreements);
    }

    [Fact]
    public void Findings_count_in_the_month_they_are_found_and_verdicts_in_theirs()
    {
        Governance("anomaly.found", """{"member":"housing"}""", May.StartMs);
        Governance("anomaly.found", null, May.StartMs);
        Governance("anomaly.found", """{"member":"housing"}""", May.StartMs - 1);
        Governance("anomaly.closed", """{"member":"housing","state":"Justified"}""", May.StartMs);
        Governance("anomaly.closed", """{"member":"housing","state":"Unjustified"}""", May.EndMs - 1);
        Governance("anomaly.closed", """{"member":"housing","state":"Unjustified"}""", May.EndMs);

        Assert.Equal(new OfficialsScorecard(1, 1, 1), Department("housing").Officials);
        Assert.Equal(new ScorecardTotals(0, 0, 0, 0, 2, 1), Card().Totals);
    }

    [Fact]
    public void What_nobody_can_open_counts_in_the_totals_alone()
    {
        foreach (var kind in new[] { "access.requested", "access.released", "access.refused", "access.failed" })
        {
            _count.Add(new ScorecardEntry(true, _index++, kind, May.StartMs, null));
        }

        Assert.Equal(new ScorecardTotals(1, 1, 1, 1, 0, 4), Card().Totals);
        Assert.Empty(Card().Departments);
    }

    [Fact]
    public void Entries_of_other_months_and_other_kinds_count_nowhere()
    {
        foreach (var (kind, time) in new[] { ("access.released", May.StartMs - 1), ("access.released", May.EndMs), ("log.adopted", May.StartMs) })
        {
            _count.Add(new ScorecardEntry(true, _index++, kind, time, JsonElement.Parse("""{"provider":"police"}""")));
        }

        Assert.Equal(new ScorecardTotals(0, 0, 0, 0, 0, 0), Card().Totals);
    }

    [Fact]
    public void A_record_that_cannot_be_read_names_its_entry() =>
        Assert.Contains("Entry 7 of the access log", Assert.Throws<FormatException>(() => _count.Add(new ScorecardEntry(true, 7, "access.failed", May.StartMs, JsonElement.Parse("{}")))).Message, StringComparison.Ordinal);

    /// <summary>Four places, rounded down, without a float anywhere: against decimals.</summary>
    [Fact]
    public void Quotients_are_rounded_down_to_four_places() =>
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Long[1, 1_000_000_000]).Sample((part, whole) =>
            ScorecardCount.Share(part, whole) == (decimal.Floor((decimal)part / whole * 10_000) / 10_000).ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_quotient_over_nothing_is_none() => Assert.Null(ScorecardCount.Share(0, 0));

    [Theory]
    [InlineData("2026-05", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-5", false)]
    [InlineData("1969-12", false)]
    [InlineData("2026-05-01", false)]
    [InlineData(null, false)]
    public void A_period_is_a_month(string? text, bool isOne) => Assert.Equal(isOne, ScorecardPeriod.TryParse(text, out _));

    [Fact]
    public void A_month_begins_and_ends_in_utc()
    {
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), new ScorecardPeriod(2026, 12).StartMs);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), new ScorecardPeriod(2026, 12).EndMs);
    }

    private void Requested() => Access("access.requested", """{"provider":"police","consumer":"housing","request":{"actor":{"clientId":"desk","userId":"li"}}}""");

    private void Refused(string problem, string more) =>
        Access("access.refused", $$$"""{"provider":"police","consumer":"housing","decision":{"problem":"{{{problem}}}"},"request":{"actor":{"clientId":"desk","userId":"li"}}{{{more}}}}""");

    private void Failed(string problem) => Access("access.failed", $$"""{"provider":"police","consumer":"housing","problem":"{{problem}}"}""");

    private void Access(string kind, string record) => _count.Add(new ScorecardEntry(true, _index++, kind, May.StartMs, JsonElement.Parse(record)));

    private void Governance(string kind, string? record, long time) =>
        _count.Add(new ScorecardEntry(false, _index++, kind, time, record is null ? null : JsonElement.Parse(record)));

    private Scorecard Card() => _count.ToScorecard(new ScorecardRange(0, _index), new ScorecardRange(0, _index));

    private DepartmentScorecard Department(string member) => Card().Departments.Single(department => department.Member == member);

    private static void Repeat(int times, Action step)
    {
        for (var i = 0; i < times; i++)
        {
            step();
        }
    }
}
