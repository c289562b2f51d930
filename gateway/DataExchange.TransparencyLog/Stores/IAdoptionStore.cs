namespace DataExchange.TransparencyLog.Stores;

/// <summary>
/// Retired logs, and the operator's order to retire one. Guarantee: <see cref="AdoptAsync"/> is durable when it returns, and does all or
/// nothing; when it throws, <see cref="ReadRetiredAsync"/> tells which. Used while no log is open.
/// </summary>
public interface IAdoptionStore
{
    /// <summary>The order as <c>dx log adopt</c> wrote it; null for none.</summary>
    ValueTask<string?> ReadOrderAsync(CancellationToken cancellationToken);

    /// <summary>Removes the order. Durable when it returns; nothing happens when there is none.</summary>
    ValueTask RemoveOrderAsync(CancellationToken cancellationToken);

    /// <summary>Every log that was retired here.</summary>
    ValueTask<IReadOnlyList<RetiredLog>> ReadRetiredAsync(CancellationToken cancellationToken);

    /// <summary>The verifier key that <see cref="ILogStore.KeepKeyAsync"/> remembers for a log; null for none.</summary>
    ValueTask<string?> ReadKeyAsync(string log, CancellationToken cancellationToken);

    /// <summary>
    /// Retires each log as it stands and begins it anew: its batches, head, key and last note are put by, and the new ones take their
    /// place. Fails when a head is not the one that the succession expects.
    /// </summary>
    /// <param name="order">The order's id, kept with every log it retires.</param>
    /// <param name="successions">What takes whose place.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask AdoptAsync(string order, IReadOnlyList<LogSuccession> successions, CancellationToken cancellationToken);

    /// <summary>Removes what was derived from a log. Durable when it returns: it must not come back beside another log.</summary>
    ValueTask ClearDerivedAsync(string log, CancellationToken cancellationToken);
}

/// <summary>A log that is not written any more.</summary>
/// <param name="Log">Its name.</param>
/// <param name="Generation">Which of the logs of that name; 1 for the first.</param>
/// <param name="Order">The order that retired it.</param>
public sealed record RetiredLog(string Log, int Generation, string Order);

/// <summary>A log that takes a retired one's place.</summary>
public sealed record LogSuccession
{
    /// <summary>The name of both.</summary>
    public required string Log { get; init; }

    /// <summary>Which of the logs of that name is retired.</summary>
    public required int Generation { get; init; }

    /// <summary>Its origin.</summary>
    public required string Origin { get; init; }

    /// <summary>Its verifier key.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>Where it ends.</summary>
    public required LogHead Retired { get; init; }

    /// <summary>The newest published checkpoint of what is stored, as a note; null where none is at hand.</summary>
    public string? Note { get; init; }

    /// <summary>Whether every entry of the retired log follows in the new one, one place later; state rows then move with the entries that wrote them.</summary>
    public required bool IsCarried { get; init; }

    /// <summary>The new log, in order. Read while the old one is still in place, and once.</summary>
    public required IAsyncEnumerable<SucceedingBatch> Batches { get; init; }
}

/// <summary>A batch of a new log, and the head that ends with it.</summary>
public readonly record struct SucceedingBatch(LogBatch Batch, LogHead Head);
