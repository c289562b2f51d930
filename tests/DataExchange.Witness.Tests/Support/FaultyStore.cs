using DataExchange.Witness.State;

namespace DataExchange.Witness.Tests.Support;

/// <summary>The real state file behind a disk that fails when it is told to.</summary>
internal sealed class FaultyStore(IStateStore inner) : IStateStore
{
    private volatile string _fault = "";
    private byte[]? _earlier;

    /// <summary>Every write fails, and nothing of it is on the disk.</summary>
    public void FailBeforeWriting() => _fault = "before";

    /// <summary>Every write fails, and all of it is on the disk.</summary>
    public void FailAfterWriting() => _fault = "after";

    public void Heal() => _fault = "";

    /// <summary>Keeps what stands there now, to be put back by <see cref="PutBack"/>.</summary>
    public void Remember() => _earlier = inner.Read();

    public void PutBack() => inner.Replace(_earlier);

    public byte[]? Read() => inner.Read();

    public void Replace(ReadOnlySpan<byte> value)
    {
        if (_fault != "before")
        {
            inner.Replace(value);
        }

        if (_fault.Length > 0)
        {
            throw new IOException("Input/output error");
        }
    }

    public void Dispose() => inner.Dispose();
}
