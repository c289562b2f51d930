namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>Somebody who can be looked up.</summary>
internal readonly record struct TracePerson(ulong Handle, long Number)
{
    private const long Area = 110_105;

    public static TracePerson Make(Dice dice)
    {
        var born = new DateOnly(1940, 1, 1).AddDays(dice.Between(0, 27_000));
        return new TracePerson(dice.Next(), (Area * 100_000_000 + born.Year * 10_000 + born.Month * 100 + born.Day) * 1000 + dice.Between(1, 999));
    }

    /// <summary>A person with a number near by: a twin, a child registered on the same day, or nobody at all.</summary>
    public TracePerson Neighbour(int distance, Dice dice) => new(dice.Next(), Number + distance);
}
