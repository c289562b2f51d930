using System.Runtime.CompilerServices;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Records;

/// <summary>Seals records for their subject and appends them to the access log.</summary>
internal sealed class AccessLog(RegionLogs logs)
{
    /// <summary>
    /// Appends, and waits until the entry is durable and signed. The wait is not cancelled when the caller hangs up: an entry whose
    /// fate nobody waited for would leave an intent without its outcome. The record is canonical JSON; the result owns it from here on,
    /// and on failure it is disposed of. With a pin, the governance log has to keep that size until the commit.
    /// </summary>
    /// <returns>The logged record; or null and the present governance size, when the pin has moved and nothing was appended.</returns>
    /// <exception cref="LogUnavailableException">Nothing may be assumed to be in the log.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(LoggedRecord? Logged, long Governance)> AppendAsync(Subject subject, string kind, long timeMs, PooledBuffer record, long? pin)
    {
        try
        {
            var entry = RecordSealer.Seal(subject, kind, timeMs, record.Memory);
            var result = await logs.Access.AppendAsync(
                new LogEntry { Leaf = entry.Leaf, Sealed = entry.Sealed, Key = entry.Tag, PinnedSize = pin }, CancellationToken.None);
            switch (result.Status)
            {
                case AppendStatus.Committed:
                    return (new LoggedRecord(logs.Access.Origin, entry, record, result), 0);
                case AppendStatus.PinMoved when pin is not null:
                    record.Dispose();
                    return (null, result.CurrentPin);
                default:
                    throw new LogUnavailableException($"The append ended as {result.Status}.");
            }
        }
        catch
        {
            record.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until the witnesses' quorum has cosigned a checkpoint that covers the record, where the region's policy has releases wait for
    /// it; at once everywhere else.
    /// </summary>
    /// <exception cref="LogUnavailableException">The quorum did not come together in time.</exception>
    public ValueTask WitnessedAsync(LoggedRecord logged) => logs.Access.MustBeWitnessed ? WaitAsync(logged) : ValueTask.CompletedTask;

    /// <summary>Appends under whatever rules hold.</summary>
    /// <inheritdoc cref="AppendAsync(Subject, string, long, PooledBuffer, long?)"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<LoggedRecord> AppendAsync(Subject subject, string kind, long timeMs, PooledBuffer record)
    {
        var (logged, _) = await AppendAsync(subject, kind, timeMs, record, pin: null);
        return logged ?? throw new LogUnavailableException("An append without a pin was not committed.");
    }

    private async ValueTask WaitAsync(LoggedRecord logged) => logged.Result = await logs.Access.WitnessedAsync(logged.Result, CancellationToken.None);
}
