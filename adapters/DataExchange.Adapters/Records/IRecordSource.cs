using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Records;

/// <summary>
/// The back end of one department, as the kit sees it. The kit asks only after it has checked the gateway's intent receipt, so a source
/// needs no authorisation of its own and must not be reachable any other way. What a source guarantees:
/// <list type="bullet">
/// <item>It reads and never writes.</item>
/// <item>A record is of exactly the subject asked for, or there is none; it never guesses, and never picks one of several.</item>
/// <item>It reads no more than the fields asked for where the back end can be asked that narrowly.</item>
/// <item>It is safe to ask from many threads at once.</item>
/// <item>Whatever goes wrong is a <see cref="SourceException"/> whose detail holds no personal data. Any other exception is a defect.</item>
/// </list>
/// The conformance suite in the tests states the same as claims; run it against a source of your own.
/// </summary>
public interface IRecordSource : IAsyncDisposable
{
    /// <summary>The datasets it answers about. Constant for the life of the source.</summary>
    IReadOnlyCollection<DatasetMap> Datasets { get; }

    /// <summary>
    /// Called once, before the first question. It does not fail because the back end is away: an adapter starts, says that it is not
    /// ready, and becomes ready.
    /// </summary>
    ValueTask StartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Finds the record of one subject.</summary>
    /// <returns>The record, or null when the register does not know the subject.</returns>
    /// <exception cref="SourceException">The back end is away, too slow, or holds something that does not follow the mapping.</exception>
    ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken cancellationToken);

    /// <summary>Looks whether questions could be answered now. Never throws but for cancellation.</summary>
    ValueTask<SourceHealth> CheckAsync(CancellationToken cancellationToken);
}
