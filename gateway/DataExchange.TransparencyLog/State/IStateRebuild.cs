using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog;

/// <summary>Replaces the rows of state by those that the log's entries make, told one after the other.</summary>
public interface IStateRebuild
{
    /// <summary>
    /// Makes the rows anew from the changes, in their order, beside the ones that are there, and puts them in their place in one
    /// transaction: when this throws, or the process dies, the old rows stand. The rows of the registers that are kept stay as they are.
    /// </summary>
    ValueTask<StateRebuildReport> ReplaceAsync(IAsyncEnumerable<IndexedChange> changes, IReadOnlyCollection<string> kept, CancellationToken cancellationToken);
}

/// <summary>What a rebuild found.</summary>
/// <param name="Rows">Rows that the log makes.</param>
/// <param name="Wrong">Among them those that were not there before, or not so.</param>
/// <param name="Extra">Rows that were there, and that no entry makes.</param>
public sealed record StateRebuildReport(long Rows, long Wrong, long Extra);
