using System.Globalization;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Policy.Tests.Anomalies;

/// <summary>Each rule at its threshold: as much as is allowed is not found, one more is.</summary>
public class AnomalyRuleTests
{
    private static readonly Official Clerk = new("service-centre", "clerk");
    private static readonly AnomalyRuleSet Rules = AnomalyRuleSet.Recommended;

    private readonly AnomalyEngine _engine = new();
    private long _index;

    [Fact]
    public void A_newcomer_may_see_so_many_people_in_an_hour_and_no_more()
    {
        var allowed = Rules.SubjectsPerHour!.Newcomer;
        Assert.All(Enumerable.Range(0, allowed), i => Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i)));
        Assert.Null(Look(At("2026-03-02T10:30:00"), subject: 0));

        var found = Found(Look(At("2026-03-02T10:40:00"), subject: allowed), "subjects-per-hour");
        Assert.Equal((allowed + 1, allowed, true), (found.Observed, found.Threshold, found.IsNew));
        Assert.Equal(Ms("2026-03-02T11:00:00"), found.UntilMs);
        Assert.False(Found(Look(At("2026-03-02T10:41:00"), subject: allowed + 1), "subjects-per-hour").IsNew);
        Assert.Null(Look(At("2026-03-02T11:00:00"), subject: 1));
    }

    /// <summary>Twenty hours of twenty people: three times the average is 60.</summary>
    [Fact]
    public void Whoever_has_an_average_is_held_to_three_times_of_it()
    {
        for (var hour = 0; hour < 20; hour++)
        {
            Assert.All(Enumerable.Range(0, 20), i => Assert.Null(Look(At("2026-03-02T09:00:00").AddDays(hour / 7 % 5).AddHours(hour % 7), subject: hour * 100 + i)));
        }

        var now = At("2026-03-09T10:00:00");
        Assert.All(Enumerable.Range(0, 60), i => Assert.Null(Look(now, subject: 10_000 + i)));
        var found = Found(Look(now, subject: 20_000), "subjects-per-hour");
        Assert.Equal((61, 60), (found.Observed, found.Threshold));
        Assert.Equal((20, 400), (found.Figures["activeHours"], found.Figures["subjectsInActiveHours"]));
        Assert.Equal(60, found.Entries.Count);
        Assert.Equal(found.Entries.Order(), found.Entries);
    }

    [Fact]
    public void What_is_more_than_28_days_ago_is_no_part_of_the_average()
    {
        for (var hour = 0; hour < 20; hour++)
        {
            Assert.All(Enumerable.Range(0, 20), i => Look(At("2026-03-02T00:00:00").AddHours(hour), subject: hour * 100 + i));
        }

        // At 10:00, the hours from 00:00 to 09:59 of 28 days ago are out; ten of twenty are left, too few for an average.
        var now = At("2026-03-30T10:00:00");
        Assert.All(Enumerable.Range(0, Rules.SubjectsPerHour!.Newcomer), i => Look(now, subject: 10_000 + i));
        var found = Found(Look(now, subject: 20_000), "subjects-per-hour");
        Assert.Equal((10, 200, Rules.SubjectsPerHour.Newcomer), (found.Figures["activeHours"], found.Figures["subjectsInActiveHours"], (int)found.Threshold));
    }

    [Fact]
    public void Look_ups_without_a_case_are_counted_by_the_day()
    {
        var allowed = Rules.NoOpenCase!.Allowed;
        Assert.All(Enumerable.Range(0, allowed), i => Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i, namesCase: false)));
        Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 50));
        var found = Found(Look(At("2026-03-02T15:00:00"), subject: 51, namesCase: false), "no-open-case");
        Assert.Equal((allowed + 1, allowed, allowed), (found.Observed, found.Threshold, found.Entries.Count));
        Assert.Equal(Ms("2026-03-03T00:00:00"), found.UntilMs);
        Assert.Null(Look(At("2026-03-03T09:00:00"), subject: 52, namesCase: false));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    [InlineData(1, 3)]
    public void Numbers_in_a_row_are_found_up_or_down_whatever_comes_between(int step, int between)
    {
        const long First = 11010519900101500;
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i, number: First + i * step));
            for (var other = 0; other < between; other++)
            {
                Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 100 + i * 10 + other, number: First + 1_000_000L * (1 + i * 10 + other)));
            }
        }

        var found = Found(Look(At("2026-03-02T10:59:00"), subject: 4, number: First + 4 * step), "sequential-numbers");
        Assert.Equal((5, 4, AnomalyAction.HoldForReview, 4), (found.Observed, found.Threshold, found.Action, found.Entries.Count));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void Numbers_further_apart_than_the_step_are_no_row(int step)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i, number: 11010519900101500 + i * step));
        }
    }

    [Fact]
    public void The_same_number_again_and_again_is_no_row()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 1, number: 11010519900101500));
        }
    }

    [Theory]
    [InlineData(Relation.Unknown, false)]
    [InlineData(Relation.None, false)]
    [InlineData(Relation.Self, true)]
    [InlineData(Relation.Household, true)]
    [InlineData(Relation.Colleague, true)]
    public void Own_people_are_found_where_a_source_knows_them(Relation relation, bool isFound)
    {
        var signals = Look(At("2026-03-02T10:00:00"), subject: 1, relation: relation);
        Assert.Equal(isFound, signals is not null);
        Assert.Equal(isFound ? (long)relation : 0, signals?[0].Figures["relation"] ?? 0);
    }

    [Theory]
    // A worked Saturday and a holiday on a Monday.
    [InlineData("2026-02-28T10:00:00", false)]
    [InlineData("2026-04-06T10:00:00", true)]
    [InlineData("2026-03-02T06:59:59", true)]
    [InlineData("2026-03-02T07:00:00", false)]
    [InlineData("2026-03-02T19:59:59", false)]
    [InlineData("2026-03-02T20:00:00", true)]
    [InlineData("2026-03-07T10:00:00", true)]
    public void Office_hours_are_those_of_working_days(string time, bool isOut)
    {
        Assert.All(Enumerable.Range(0, 3), i => Assert.Null(Look(At(time), subject: i)));
        Assert.Equal(isOut, Look(At(time), subject: 3) is not null);
    }

    [Fact]
    public void Whoever_works_at_night_as_a_habit_is_not_found_at_night()
    {
        for (var night = 0; night < 16; night++)
        {
            Look(At("2026-03-02T22:00:00").AddDays(night), subject: night);
        }

        Assert.All(Enumerable.Range(0, 10), i => Assert.Null(Look(At("2026-03-19T23:00:00"), subject: 100 + i)));
    }

    [Fact]
    public void Datasets_about_one_person_are_counted_by_the_day()
    {
        var allowed = Rules.BreadthPerSubject!.Allowed;
        Assert.All(Enumerable.Range(0, allowed), i => Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 1, dataset: $"d{i}")));
        Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 1, dataset: "d0"));
        Assert.Null(Look(At("2026-03-02T10:00:00"), subject: 2, dataset: "other"));
        var found = Found(Look(At("2026-03-02T11:00:00"), subject: 1, dataset: "one more"), "breadth-per-subject");
        Assert.Equal((allowed + 1, allowed, allowed + 1), (found.Observed, found.Threshold, found.Entries.Count));
    }

    [Fact]
    public void Narrow_refusals_within_an_hour_are_found_and_refusals_by_these_rules_are_none()
    {
        var allowed = Rules.NearMisses!.Allowed;
        Assert.All(Enumerable.Range(0, 20), i => Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i, problem: i % 2 == 0 ? "throttled" : "quota-exceeded")));
        Assert.All(Enumerable.Range(0, allowed + 1), i => Assert.Null(Look(At("2026-03-02T10:10:00"), subject: 30, problem: "fields-not-permitted")));
        var found = Found(Look(At("2026-03-02T10:20:00"), subject: 30), "near-misses");
        Assert.Equal((allowed + 1, allowed, allowed + 1), (found.Observed, found.Threshold, found.Entries.Count));
        Assert.Null(Look(At("2026-03-02T11:10:01"), subject: 30));
    }

    [Fact]
    public void Officials_do_not_mix()
    {
        for (var i = 0; i < 200; i++)
        {
            Assert.Null(Look(At("2026-03-02T10:00:00"), subject: i, by: new Official("service-centre", $"clerk-{i % 10}")));
        }
    }

    /// <summary>The baseline against a recount of everything, over months with gaps.</summary>
    [Fact]
    public void The_rolling_average_is_that_of_a_recount()
    {
        var dice = new Trace.Dice(7);
        var counts = new Dictionary<long, int>();
        var first = Ms("2026-01-01T00:00:00") / 3_600_000 + 8;
        var baseline = new HourlyBaseline(first);
        var office = new OfficeHours(WorkingCalendar.China, 7, 20);
        for (var hour = first; hour < first + 6000;)
        {
            baseline.Advance(hour, office);
            var past = counts.Where(c => c.Key < hour && c.Key >= hour - HourlyBaseline.Hours && c.Value > 0).ToList();
            Assert.Equal(
                (past.Sum(c => c.Value), past.Count, past.Count(c => !office.Contains(c.Key))),
                (baseline.Sum, baseline.ActiveHours, baseline.ActiveOutOfOffice));

            var people = dice.Between(0, 5);
            for (var i = 0; i < people; i++)
            {
                baseline.Add(dice.Next());
            }

            counts[hour] = people;
            if (dice.InMillion(300_000))
            {
                var earlier = hour - dice.Between(1, 800);
                baseline.AddEarlier(earlier, office);
                if (earlier >= hour - HourlyBaseline.Hours)
                {
                    counts[earlier] = counts.GetValueOrDefault(earlier) + 1;
                }
            }

            hour += dice.InMillion(5_000) ? dice.Between(600, 1500) : dice.Between(1, 3);
        }
    }

    [Fact]
    public void What_is_recalled_from_the_log_counts_like_what_was_seen()
    {
        var seen = new AnomalyEngine();
        var now = At("2026-03-20T10:00:00");
        for (var hour = 0; hour < 20; hour++)
        {
            for (var i = 0; i < 20; i++)
            {
                var time = At("2026-03-02T00:00:00").AddHours(hour * 7);
                seen.Observe(Clerk, Attempt(time, hour * 100 + i), Rules, WorkingCalendar.China);
                _engine.Recall(Clerk, time.ToUnixTimeMilliseconds(), (ulong)(hour * 100 + i), now.ToUnixTimeMilliseconds(), Rules, WorkingCalendar.China);
            }
        }

        for (var i = 0; i < 100; i++)
        {
            var attempt = Attempt(now, 10_000 + i);
            Assert.Equal(
                seen.Observe(Clerk, attempt, Rules, WorkingCalendar.China).Signals?[0].Threshold,
                _engine.Observe(Clerk, attempt, Rules, WorkingCalendar.China).Signals?[0].Threshold);
        }
    }

    [Fact]
    public void No_more_officials_are_remembered_than_there_is_room_for_and_the_busy_stay()
    {
        var engine = new AnomalyEngine(capacity: 32);
        var start = At("2026-03-02T09:00:00");
        for (var i = 0; i < 1000; i++)
        {
            engine.Observe(new Official("c", $"stranger-{i}"), Attempt(start.AddSeconds(2 * i), i), Rules, WorkingCalendar.China);
            engine.Observe(Clerk, Attempt(start.AddSeconds(2 * i + 1), i % 5, namesCase: false), Rules, WorkingCalendar.China);
        }

        Assert.InRange(engine.Officials, 1, 32);
        Assert.Equal(1001, engine.Observe(Clerk, Attempt(start.AddHours(1), 1, namesCase: false), Rules, WorkingCalendar.China).Signals!.Single(s => s.Rule == "no-open-case").Observed);
    }

    [Fact]
    public void A_set_that_cannot_work_is_refused_with_every_fault()
    {
        Assert.Empty(Rules.Faults());
        var broken = Rules with
        {
            Revision = 0,
            ExemptHours = 0,
            StepUpAcr = null,
            SubjectsPerHour = Rules.SubjectsPerHour! with { Factor = 0, Floor = 100 },
            SequentialNumbers = Rules.SequentialNumbers! with { Step = 0, Allowed = 64 },
            OutOfHours = Rules.OutOfHours! with { FromHour = 20, ToHour = 7, HabitPercent = 0, Allowed = -1, MinActiveHours = 0 },
            NoOpenCase = Rules.NoOpenCase! with { Allowed = -1 },
            BreadthPerSubject = Rules.BreadthPerSubject! with { Allowed = 0 },
            NearMisses = Rules.NearMisses! with { Allowed = 64 },
        };
        Assert.Equal(14, broken.Faults().Count);
    }

    private IReadOnlyList<AnomalySignal>? Look(
        DateTimeOffset at, int subject, string dataset = "d", bool namesCase = true, long? number = null, Relation relation = Relation.None, string? problem = null, Official? by = null)
    {
        var observation = _engine.Observe(by ?? Clerk, Attempt(at, subject, dataset, namesCase, number, relation), Rules, WorkingCalendar.China);
        _engine.Conclude(observation, _index++, problem);
        return observation.Signals;
    }

    private static AccessAttempt Attempt(DateTimeOffset at, int subject, string dataset = "d", bool namesCase = true, long? number = null, Relation relation = Relation.None) => new()
    {
        TimeMs = at.ToUnixTimeMilliseconds(),
        Subject = (ulong)subject,
        Number = number,
        Dataset = dataset,
        NamesCase = namesCase,
        Relation = relation,
    };

    private static AnomalySignal Found(IReadOnlyList<AnomalySignal>? signals, string rule)
    {
        var found = Assert.Single(signals ?? []);
        Assert.Equal(rule, found.Rule);
        return found;
    }

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", CultureInfo.InvariantCulture);

    private static long Ms(string local) => At(local).ToUnixTimeMilliseconds();
}
