using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Records;

/// <summary>A record that stands in the access log, durable and under a signed checkpoint, with all that a receipt needs. Owns the record's buffer.</summary>
internal sealed class LoggedRecord(string origin, SealedEntry entry, PooledBuffer record, AppendResult appended) : IDisposable
{
    public string Origin => origin;

    public long Index => Result.Index;

    public SealedEntry Entry => entry;

    /// <summary>What the append came to; replaced by the same with a witnessed proof where the release waits for one.</summary>
    public AppendResult Result { get; set; } = appended;

    /// <summary>The canonical JSON that the leaf commits to.</summary>
    public ReadOnlyMemory<byte> Record => record.Memory;

    public void Dispose() => record.Dispose();
}
