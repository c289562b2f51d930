namespace DataExchange.Policy.Anomalies.Rules;

/// <summary>
/// Numbers in a row: of the different numbers asked for in the last hour, as far as they are remembered, the longest chain through the
/// present one in which each differs from the next by at most the step.
/// </summary>
internal static class SequentialNumbersRule
{
    private const int Version = 1;
    private const long WindowMs = 3_600_000;

    public static AnomalySignal? Check(in RuleContext context)
    {
        if (context.Rules.SequentialNumbers is not { } limits || context.Attempt.Number is not { } present)
        {
            return null;
        }

        Span<long> numbers = stackalloc long[RecentAttempts.Capacity];
        var count = Collect(context, numbers);
        numbers = numbers[..count];
        numbers.Sort();
        var (first, last) = Chain(numbers, present, limits.Step);
        var length = last - first + 1;
        if (length <= limits.Allowed)
        {
            return null;
        }

        var (from, to, since) = (numbers[first], numbers[last], context.Attempt.TimeMs - WindowMs);
        return context.Signal(
            AnomalyRuleCodes.SequentialNumbers, Version, limits.Action, length, limits.Allowed, context.EndOfHour,
            attempt => attempt.TimeMs > since && attempt.Number >= from && attempt.Number <= to, ("step", limits.Step));
    }

    /// <summary>The different numbers of the last hour, the present one among them.</summary>
    private static int Collect(in RuleContext context, Span<long> numbers)
    {
        var count = 0;
        var recent = context.History.Recent;
        for (var place = 0; place < recent.Count; place++)
        {
            ref readonly var attempt = ref recent[place];
            if (attempt.Number is { } number && attempt.TimeMs > context.Attempt.TimeMs - WindowMs && !numbers[..count].Contains(number))
            {
                numbers[count++] = number;
            }
        }

        return count;
    }

    private static (int First, int Last) Chain(ReadOnlySpan<long> sorted, long present, int step)
    {
        var first = sorted.BinarySearch(present);
        var last = first;
        while (first > 0 && sorted[first] - sorted[first - 1] <= step)
        {
            first--;
        }

        while (last + 1 < sorted.Length && sorted[last + 1] - sorted[last] <= step)
        {
            last++;
        }

        return (first, last);
    }
}
