using System.Globalization;
using CsCheck;
using DataExchange.Contracts.Calendars;

namespace DataExchange.Contracts.Tests.Calendars;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar China = WorkingCalendar.China;

    [Theory]
    [InlineData("2025-01-01", false)]
    [InlineData("2025-01-26", true)]
    [InlineData("2025-01-27", true)]
    [InlineData("2025-01-28", false)]
    [InlineData("2025-02-04", false)]
    [InlineData("2025-02-08", true)]
    [InlineData("2025-04-27", true)]
    [InlineData("2025-05-05", false)]
    [InlineData("2025-06-02", false)]
    [InlineData("2025-09-28", true)]
    [InlineData("2025-10-08", false)]
    [InlineData("2025-10-11", true)]
    [InlineData("2025-10-12", false)]
    [InlineData("2026-01-02", false)]
    [InlineData("2026-01-04", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-15", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-04-06", false)]
    [InlineData("2026-05-09", true)]
    [InlineData("2026-06-19", false)]
    [InlineData("2026-09-20", true)]
    [InlineData("2026-09-25", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-11-25", true)]
    [InlineData("2026-11-28", false)]
    public void Days_are_worked_as_the_state_council_published(string day, bool works)
    {
        Assert.Equal(works, China.IsWorkingDay(Day(day)));
        Assert.False(China.IsAssumed(Day(day)));
    }

    /// <summary>The notices leave 248 working days in each of the two years.</summary>
    [Theory]
    [InlineData(2025, 28, 5)]
    [InlineData(2026, 33, 6)]
    public void A_year_has_as_many_days_off_and_adjusted_workdays_as_its_notice(int year, int off, int adjusted)
    {
        var published = China.Years.Single(y => y.Year == year);

        Assert.Equal(off, published.Holidays.Sum(holiday => holiday.To.DayNumber - holiday.From.DayNumber + 1));
        Assert.Equal(adjusted, published.Workdays.Count);
        Assert.Equal(248, Enumerable.Range(0, 365).Count(i => China.IsWorkingDay(new DateOnly(year, 1, 1).AddDays(i))));
    }

    [Theory]
    // Sunday 28 September is worked; 1 to 8 October are off.
    [InlineData("2025-09-26T09:00:00+08:00", 1, "2025-09-29T00:00:00+08:00")]
    [InlineData("2025-09-29T09:00:00+08:00", 1, "2025-10-01T00:00:00+08:00")]
    [InlineData("2025-09-30T09:00:00+08:00", 1, "2025-10-10T00:00:00+08:00")]
    [InlineData("2025-09-30T09:00:00+08:00", 3, "2025-10-12T00:00:00+08:00")]
    // Saturday 14 February is the last worked day before the Spring Festival.
    [InlineData("2026-02-13T23:59:59+08:00", 1, "2026-02-15T00:00:00+08:00")]
    [InlineData("2026-02-14T10:00:00+08:00", 1, "2026-02-25T00:00:00+08:00")]
    [InlineData("2026-02-02T10:00:00+08:00", 10, "2026-02-15T00:00:00+08:00")]
    [InlineData("2026-02-02T10:00:00+08:00", 20, "2026-03-07T00:00:00+08:00")]
    // It is the local day that counts: 16:00 UTC is midnight.
    [InlineData("2026-11-24T15:59:59Z", 1, "2026-11-26T00:00:00+08:00")]
    [InlineData("2026-11-24T16:00:00Z", 1, "2026-11-27T00:00:00+08:00")]
    public void A_deadline_is_the_end_of_the_last_working_day(string from, int days, string deadline)
    {
        var found = China.AddWorkingDays(Moment(from), days);

        Assert.Equal(Moment(deadline), found.At);
        Assert.False(found.IsAssumed);
    }

    [Fact]
    public void A_year_without_a_file_counts_monday_to_friday_and_says_so()
    {
        var found = China.AddWorkingDays(Moment("2026-12-30T09:00:00+08:00"), 3);

        Assert.Equal(Moment("2027-01-05T00:00:00+08:00"), found.At);
        Assert.True(found.IsAssumed);
        Assert.True(China.WorkingDaysBetween(Moment("2026-12-30T09:00:00+08:00"), Moment("2027-01-04T09:00:00+08:00")).IsAssumed);
        Assert.False(China.AddWorkingDays(Moment("2026-12-30T09:00:00+08:00"), 1).IsAssumed);
    }

    [Fact]
    public void A_year_that_is_published_later_takes_the_place_of_what_was_assumed()
    {
        var later = China.With(new CalendarYear
        {
            Region = "cn",
            Year = 2027,
            Source = "invented",
            Holidays = [new Holiday(new HolidayNames("元旦", "New Year's Day"), Day("2026-12-31"), Day("2027-01-03"))],
            Workdays = [Day("2027-01-09")],
        });

        Assert.False(later.IsWorkingDay(Day("2026-12-31")));
        Assert.Equal(new Deadline(Moment("2027-01-06T00:00:00+08:00"), false), later.AddWorkingDays(Moment("2026-12-30T09:00:00+08:00"), 2));
        Assert.True(later.IsWorkingDay(Day("2027-01-09")));
        Assert.Equal("New Year's Day", later.HolidayOn(Day("2026-12-31"))?.Names.En);
        Assert.True(China.IsWorkingDay(Day("2026-12-31")));
    }

    [Fact]
    public void On_the_last_day_one_day_is_left_and_from_the_deadline_on_none()
    {
        var deadline = China.AddWorkingDays(Moment("2026-02-12T10:00:00+08:00"), 3).At;

        Assert.Equal(Moment("2026-02-25T00:00:00+08:00"), deadline);
        Assert.Equal(4, China.WorkingDaysLeft(Moment("2026-02-12T10:00:00+08:00"), deadline).Count);
        Assert.Equal(1, China.WorkingDaysLeft(Moment("2026-02-20T10:00:00+08:00"), deadline).Count);
        Assert.Equal(1, China.WorkingDaysLeft(deadline.AddTicks(-1), deadline).Count);
        Assert.Equal(0, China.WorkingDaysLeft(deadline, deadline).Count);
        Assert.Equal(0, China.WorkingDaysLeft(deadline.AddDays(30), deadline).Count);
    }

    /// <summary>Counting back what was counted forward, at any moment of three years.</summary>
    [Fact]
    public void The_days_between_a_start_and_its_deadline_are_the_days_of_the_period()
    {
        var start = Moment("2025-01-01T00:00:00+08:00");
        (from minutes in Gen.Int[0, 3 * 365 * 24 * 60]
         from days in Gen.Int[1, 40]
         select (From: start.AddMinutes(minutes), Days: days)).Sample(period =>
         {
             var deadline = China.AddWorkingDays(period.From, period.Days).At;
             var last = deadline.AddTicks(-1);
             return China.WorkingDaysBetween(period.From, last).Count == period.Days
                 && China.IsWorkingDay(China.LocalDate(last))
                 && deadline.ToOffset(China.Offset).TimeOfDay == TimeSpan.Zero
                 && China.WorkingDaysLeft(last, deadline).Count == 1;
         });
    }

    [Fact]
    public void A_file_that_contradicts_itself_is_refused_with_every_fault()
    {
        var names = new HolidayNames("假", "Off");
        var year = new CalendarYear
        {
            Region = "cn",
            Year = 2026,
            Source = "invented",
            Holidays = [new Holiday(names, Day("2026-03-02"), Day("2026-03-01")), new Holiday(names, Day("2026-07-04"), Day("2026-07-05")), new Holiday(names, Day("2027-01-01"), Day("2027-01-01"))],
            Workdays = [Day("2026-07-04"), Day("2026-07-06")],
        };

        Assert.Equal(5, year.Faults().Count);
        var refused = Assert.Throws<ArgumentException>(() => China.With(year));
        Assert.All(year.Faults(), fault => Assert.Contains(fault, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_clocks_of_order_809_are_those_of_the_design() => Assert.Equal(
        ["reply-unconditional 1", "reply-conditional 10", "reply-extension 10", "provision 20", "correction 10", "catalogue-update 10", "catalogue-publication 2"],
        StatutoryClocks.All.Select(clock => $"{clock.Code} {clock.Days}"));

    [Fact]
    public void A_clock_runs_in_working_days() => Assert.Equal(
        Moment("2026-10-16T00:00:00+08:00"),
        StatutoryClocks.ReplyConditional.DeadlineFrom(Moment("2026-09-25T10:00:00+08:00"), China).At);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
