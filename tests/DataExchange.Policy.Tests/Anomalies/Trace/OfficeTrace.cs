using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>
/// Eight weeks of sixty officials, the first four without any intruder, with fourteen intruders, two a kind, in the last four. Honest people
/// forget case numbers, work late now and then, have busy days, see families and twins, run into missing consents, and three of them are on
/// night duty. Intruders do their honest work too, and some of what they do is too little to be told from it.
/// </summary>
internal sealed class OfficeTrace
{
    public const int Officials = 60;
    public const int IntrudersPerKind = 2;
    private const int Days = 56;
    private const int FirstMeasured = 28;
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly Dice _dice;
    private readonly TracePerson[] _people;
    private readonly List<TraceEvent> _events = [];

    private OfficeTrace(ulong seed)
    {
        _dice = new Dice(seed);
        _people = [.. Enumerable.Range(0, 40_000).Select(_ => TracePerson.Make(_dice))];
    }

    /// <summary>From here on findings are counted.</summary>
    public static long MeasuredFromMs => Begin.AddDays(FirstMeasured).ToUnixTimeMilliseconds();

    /// <summary>In the order of time.</summary>
    public static IReadOnlyList<TraceEvent> Make(ulong seed)
    {
        var trace = new OfficeTrace(seed);
        for (var official = 0; official < Officials; official++)
        {
            trace.Work(official);
        }

        return [.. trace._events.OrderBy(e => e.Attempt.TimeMs).ThenBy(e => e.Attempt.Subject)];
    }

    private static Official Name(int official) => new(official % 3 == 0 ? "housing" : "service-centre", $"official-{official:00}");

    /// <summary>The last officials are the intruders, two a kind; a night watch is among neither them nor the busiest.</summary>
    private static Intrusion? IntrusionOf(int official) =>
        Officials - official - 1 is var fromEnd && fromEnd < IntrudersPerKind * Enum.GetValues<Intrusion>().Length ? (Intrusion)(fromEnd / IntrudersPerKind) : null;

    private void Work(int official)
    {
        var isNightWatch = official is 3 or 11 or 27;
        var perHour = official % 4 == 1 ? (From: 1, To: 4) : (From: 5, To: 13);
        var intrusion = IntrusionOf(official);
        var intrusions = new HashSet<int>();
        while (intrusion is not null && intrusions.Count < 4)
        {
            var day = _dice.Between(FirstMeasured, Days - 1);
            if (WorkingCalendar.China.IsWorkingDay(DateOf(day)) || intrusion == Intrusion.Lurk)
            {
                intrusions.Add(day);
            }
        }

        for (var day = 0; day < Days; day++)
        {
            if (isNightWatch)
            {
                Watch(official, day);
            }
            else if (WorkingCalendar.China.IsWorkingDay(DateOf(day)) && !_dice.InMillion(60_000))
            {
                Serve(official, day, perHour);
            }

            WorkLate(official, day, isNightWatch);
            if (intrusions.Contains(day))
            {
                Intrude(official, day, intrusion!.Value);
            }
        }
    }

    private static DateOnly DateOf(int day) => DateOnly.FromDateTime(Begin.AddDays(day).DateTime);

    private void Serve(int official, int day, (int From, int To) perHour)
    {
        // Two days of enrolment in the measured weeks, when everybody sees twice as many.
        var busy = day is 37 or 38 ? 2 : 1;
        foreach (var hour in new[] { 9, 10, 11, 13, 14, 15, 16 })
        {
            for (var visits = _dice.Between(perHour.From, perHour.To) * busy; visits > 0; visits--)
            {
                Visit(official, day, hour);
            }
        }
    }

    /// <summary>Two nights of six on, with a few emergencies an hour.</summary>
    private void Watch(int official, int day)
    {
        if ((day + official) % 6 < 2)
        {
            foreach (var hour in new[] { 0, 1, 2, 3, 4, 5, 20, 21, 22, 23 })
            {
                for (var visits = _dice.Between(0, 4); visits > 0; visits--)
                {
                    Visit(official, day, hour);
                }
            }
        }
    }

    /// <summary>One evening in twelve somebody looks something up after hours, mostly once or twice.</summary>
    private void WorkLate(int official, int day, bool isNightWatch)
    {
        if (!isNightWatch && _dice.InMillion(83_000))
        {
            for (var left = _dice.InMillion(10_000) ? 4 : _dice.Between(1, 2); left > 0; left--)
            {
                Add(official, day, 20, Anybody(), "residence", null);
            }
        }
    }

    /// <summary>A person, or a family, in a matter that needs one to four datasets, rarely six.</summary>
    private void Visit(int official, int day, int hour)
    {
        var person = Anybody();
        var family = _dice.InMillion(30_000) ? _dice.Between(1, 3) : 0;
        var datasets = _dice.InMillion(20_000) ? 6 : _dice.Between(1, 4);
        if (_dice.InMillion(50))
        {
            datasets = 7; // Two large matters of one person on one day.
        }

        for (var member = 0; member <= family; member++)
        {
            // Of families that come together, some have twins or have registered children on one day.
            var who = member == 0 ? person : _dice.InMillion(100_000) ? person.Neighbour(member, _dice) : Anybody();
            for (var dataset = 0; dataset < datasets; dataset++)
            {
                Add(official, day, hour, who, $"dataset-{dataset}", null);
            }
        }
    }

    private void Intrude(int official, int day, Intrusion intrusion)
    {
        switch (intrusion)
        {
            case Intrusion.Harvest:
                Repeat(_dice.Between(35, 150), _ => Add(official, day, 15, Anybody(), "residence", intrusion));
                break;
            case Intrusion.Browse:
                Repeat(_dice.Between(4, 20), _ => Add(official, day, _dice.Between(9, 16), Anybody(), "residence", intrusion, namesCase: false));
                break;
            case Intrusion.Enumerate:
                var (first, step) = (Anybody(), _dice.Between(1, 2));
                Repeat(_dice.Between(4, 25), i => Add(official, day, 14, first.Neighbour(i * step, _dice), "residence", intrusion));
                break;
            case Intrusion.Pry:
                // Of ten relations one is not known to the department.
                var known = !_dice.InMillion(100_000);
                Repeat(_dice.Between(1, 3), i => Add(official, day, 10, Anybody(), "residence", intrusion, relation: known ? (i % 2 == 0 ? Relation.Household : Relation.Colleague) : Relation.None));
                break;
            case Intrusion.Lurk:
                Repeat(_dice.Between(3, 15), _ => Add(official, day, _dice.Between(21, 23), Anybody(), "residence", intrusion));
                break;
            case Intrusion.Profile:
                var target = Anybody();
                Repeat(_dice.Between(6, 12), i => Add(official, day, 11, target, $"dataset-{i}", intrusion));
                break;
            case Intrusion.Probe:
                Repeat(_dice.Between(5, 14), _ => Add(official, day, 13, Anybody(), "income", intrusion, problem: "fields-not-permitted"));
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to {intrusion}.");
        }
    }

    private static void Repeat(int times, Action<int> step)
    {
        for (var i = 0; i < times; i++)
        {
            step(i);
        }
    }

    private TracePerson Anybody() => _people[_dice.Between(0, _people.Length - 1)];

    private void Add(
        int official, int day, int hour, TracePerson person, string dataset, Intrusion? intrusion, bool? namesCase = null, Relation relation = Relation.None, string? problem = null)
    {
        var time = Begin.AddDays(day).AddHours(hour).AddMilliseconds(_dice.Between(0, 3_599_999));
        _events.Add(new TraceEvent(
            Name(official),
            new AccessAttempt
            {
                TimeMs = time.ToUnixTimeMilliseconds(),
                Subject = person.Handle,
                Number = person.Number,
                Dataset = dataset,
                // One in two hundred forgets the case, one look-up in seventy meets a missing consent.
                NamesCase = namesCase ?? !_dice.InMillion(5_000),
                Relation = relation,
            },
            problem ?? (_dice.InMillion(14_000) ? "consent-required" : null), intrusion));
    }
}
