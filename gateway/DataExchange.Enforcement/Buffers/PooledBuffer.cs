using System.Buffers;
using System.Security.Cryptography;

namespace DataExchange.Enforcement.Buffers;

/// <summary>
/// A growing buffer of pooled memory. What is in it is mostly somebody's record, so it is wiped before the memory goes back to the
/// pool: the next tenant of that memory may be anyone.
/// </summary>
internal sealed class PooledBuffer(int capacity = 2048) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Return(bytes, Length);
        Length = 0;
    }

    private void EnsureRoom(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - Length >= needed)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + needed), _bytes.Length * 2));
        Span.CopyTo(larger);
        Return(_bytes, Length);
        _bytes = larger;
    }

    private static void Return(byte[] bytes, int used)
    {
        if (bytes.Length > 0)
        {
            CryptographicOperations.ZeroMemory(bytes.AsSpan(0, used));
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
