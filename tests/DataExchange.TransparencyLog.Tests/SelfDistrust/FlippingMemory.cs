using System.Buffers;

namespace DataExchange.TransparencyLog.Tests.SelfDistrust;

/// <summary>Memory in which a bit flips once it has been read so many times.</summary>
internal sealed class FlippingMemory(byte[] bytes, int soundReads) : MemoryManager<byte>
{
    private int _reads;

    public override Span<byte> GetSpan()
    {
        if (_reads++ == soundReads)
        {
            bytes[bytes.Length / 2] ^= 0x10;
        }

        return bytes;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
