using DataExchange.Policy.Model;

namespace DataExchange.Policy.Quotas;

/// <summary>Where what an agreement's own rules count is kept. Guarantees: what a call added is durable when it returns, and added once.</summary>
public interface IBreachStore
{
    /// <summary>Adds one, forgets what is older than every window, and counts.</summary>
    /// <param name="agreement"><c>{id}@{revision}</c>.</param>
    /// <param name="cause">What is counted.</param>
    /// <param name="timeMs">When it happened, milliseconds since the Unix epoch.</param>
    /// <param name="sinceMs">Where each window begins; at least one.</param>
    /// <param name="cancellationToken">Ends the wait; it may have been added all the same.</param>
    /// <returns>How many lie in each window, the new one included.</returns>
    ValueTask<IReadOnlyList<int>> AddAsync(string agreement, SuspensionCause cause, long timeMs, IReadOnlyList<long> sinceMs, CancellationToken cancellationToken);
}
