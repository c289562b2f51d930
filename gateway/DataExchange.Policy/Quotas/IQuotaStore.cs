namespace DataExchange.Policy.Quotas;

/// <summary>
/// Where places in quotas are given out. Guarantees: what a call gave is durable when it returns, so that no place is given twice, over all
/// processes and restarts; and no window is given more places than its limit.
/// </summary>
public interface IQuotaStore
{
    /// <summary>Takes the next places of a window.</summary>
    /// <param name="agreement"><c>{id}@{revision}</c>.</param>
    /// <param name="windowMs">When the window begins, milliseconds since the Unix epoch. Windows only go forward: of one that has passed nothing is given.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="limit">How many the window has.</param>
    /// <param name="cancellationToken">Ends the wait; places may have been taken all the same.</param>
    ValueTask<QuotaBlock> TakeAsync(string agreement, long windowMs, int count, int limit, CancellationToken cancellationToken);

    /// <summary>How many places a window has given so far.</summary>
    ValueTask<int> GivenAsync(string agreement, long windowMs, CancellationToken cancellationToken);

    /// <summary>Gives places back that nobody used, if they are the last that the window gave.</summary>
    ValueTask ReturnAsync(string agreement, long windowMs, QuotaBlock unused, CancellationToken cancellationToken);
}

/// <summary>Places in a window.</summary>
/// <param name="First">The first of them, counted from 0.</param>
/// <param name="Count">How many; 0 where the window has none left.</param>
public readonly record struct QuotaBlock(int First, int Count)
{
    /// <summary>The place after the last.</summary>
    public int End => First + Count;
}
