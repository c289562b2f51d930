using DataExchange.Witness.State;

namespace DataExchange.Witness.Tests.Support;

/// <summary>The real state file behind a disk that fails, or takes its time, when it is told to.</summary>
internal sealed class FaultyStore(IStateStore inner) : IStateStore
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _held = new(0);
    private volatile string _fault = "";
    private byte[]? _earlier;

    /// <summary>Writes that have returned.</summary>
    public int Writes { get; private set; }

    /// <summary>Every write waits for <see cref="Release"/>.</summary>
    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    /// <summary>Waits until a write is being held.</summary>
    public async Task HeldAsync() => Assert.True(await _held.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

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
        if (!_open.IsSet)
        {
            _held.Release();
            _open.Wait();
        }

        if (_fault != "before")
        {
            inner.Replace(value);
        }

        if (_fault.Length > 0)
        {
            throw new IOException("Input/output error");
        }

        Writes++;
    }

    public void Dispose()
    {
        inner.Dispose();
        _open.Dispose();
        _held.Dispose();
    }
}
