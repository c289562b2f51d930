namespace DataExchange.Policy.Anomalies;

/// <summary>
/// Different people looked up in each of the last 28 × 24 hours before the present one, and in how many of those hours anybody was. Hours
/// are counted from 1 January 1970 in local time. 1.3 KB; a step to the next hour costs O(1), one over a gap O(gap).
/// </summary>
internal sealed class HourlyBaseline(long hour)
{
    public const int Hours = 28 * 24;

    // An hour's count, and whether it lay out of office hours by the rules of its time: what is taken away later is what was added.
    private const ushort OutOfOffice = 0x8000;

    private readonly ushort[] _counts = new ushort[Hours];
    private readonly DistinctCounter _present = new();

    /// <summary>The present hour.</summary>
    public long Hour { get; private set; } = hour;

    /// <summary>Different people in the present hour.</summary>
    public int Present => _present.Count;

    /// <summary>Sum over the hours before.</summary>
    public int Sum { get; private set; }

    /// <summary>Hours before with at least one look-up.</summary>
    public int ActiveHours { get; private set; }

    /// <summary>Of those, hours that were no office hours.</summary>
    public int ActiveOutOfOffice { get; private set; }

    /// <summary>Goes on to this hour; an earlier one changes nothing.</summary>
    public void Advance(long hour, in OfficeHours office)
    {
        if (hour <= Hour)
        {
            return;
        }

        if (hour - Hour > Hours)
        {
            ForgetEarlier();
        }
        else
        {
            // Each takes the place of the hour 28 days before it; those in between were idle.
            Set(Hour, _present.Count, office);
            for (var idle = Hour + 1; idle < hour; idle++)
            {
                Set(idle, 0, office);
            }
        }

        _present.Clear();
        Hour = hour;
    }

    /// <summary>Forgets the hours before the present one.</summary>
    public void ForgetEarlier()
    {
        Array.Clear(_counts);
        (Sum, ActiveHours, ActiveOutOfOffice) = (0, 0, 0);
    }

    /// <summary>Counts a person in the present hour.</summary>
    public void Add(ulong subject) => _present.Add(subject);

    /// <summary>Counts one more person in an earlier hour, unless that is forgotten. The caller sees to it that nobody counts twice in an hour.</summary>
    public void AddEarlier(long hour, in OfficeHours office)
    {
        if (hour < Hour && hour >= Hour - Hours && Count(hour) is var count and < DistinctCounter.Max)
        {
            Set(hour, count + 1, office);
        }
    }

    private int Count(long hour) => _counts[(int)(hour % Hours)] & ~OutOfOffice;

    private void Set(long hour, int count, in OfficeHours office)
    {
        ref var slot = ref _counts[(int)(hour % Hours)];
        if (slot != 0)
        {
            Sum -= slot & ~OutOfOffice;
            ActiveHours--;
            ActiveOutOfOffice -= (slot & OutOfOffice) != 0 ? 1 : 0;
        }

        slot = 0;
        if (count > 0)
        {
            var isOut = !office.Contains(hour);
            slot = (ushort)(count | (isOut ? OutOfOffice : 0));
            Sum += count;
            ActiveHours++;
            ActiveOutOfOffice += isOut ? 1 : 0;
        }
    }
}
