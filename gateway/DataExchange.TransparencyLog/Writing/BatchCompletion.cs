using System.Buffers;
using DataExchange.TransparencyLog.Telemetry;

namespace DataExchange.TransparencyLog.Writing;

/// <summary>
/// Completes a batch's waiters on a pool thread: one hand-over from the writer, which goes on to the next batch.
/// </summary>
internal sealed class BatchCompletion : IThreadPoolWorkItem
{
    private readonly PendingAppend[] _appends;
    private readonly int _count;
    private readonly CommittedBatch? _batch;
    private readonly LogMetrics _metrics;

    private BatchCompletion(List<PendingAppend> appends, CommittedBatch? batch, LogMetrics metrics)
    {
        _count = appends.Count;
        _appends = ArrayPool<PendingAppend>.Shared.Rent(_count);
        appends.CopyTo(_appends);
        _batch = batch;
        _metrics = metrics;
    }

    public static void Start(List<PendingAppend> appends, CommittedBatch? batch, LogMetrics metrics) =>
        ThreadPool.UnsafeQueueUserWorkItem(new BatchCompletion(appends, batch, metrics), preferLocal: false);

    public void Execute()
    {
        for (var i = 0; i < _count; i++)
        {
            var append = _appends[i];
            _metrics.Appended(append.Started, append.Index >= 0);
            append.Complete(_batch);
        }

        ArrayPool<PendingAppend>.Shared.Return(_appends, clearArray: true);
    }
}
