using System.Buffers;
using System.Buffers.Binary;

namespace DataExchange.TransparencyLog.Stores;

/// <summary>Length-prefixed items, as the columns of a batch hold them.</summary>
internal static class Prefixed
{
    public static void WriteU32(IBufferWriter<byte> writer, ReadOnlySpan<byte> item)
    {
        var span = writer.GetSpan(sizeof(uint) + item.Length);
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)item.Length);
        item.CopyTo(span[sizeof(uint)..]);
        writer.Advance(sizeof(uint) + item.Length);
    }

    /// <summary>Takes the next item off the front, without copying.</summary>
    /// <exception cref="LogCorruptException">The bytes end inside the item.</exception>
    public static ReadOnlyMemory<byte> TakeU16(ref ReadOnlyMemory<byte> rest)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest.Span, out var length))
        {
            throw EndsInside();
        }

        return Take(ref rest, sizeof(ushort), length);
    }

    /// <inheritdoc cref="TakeU16"/>
    public static ReadOnlyMemory<byte> TakeU32(ref ReadOnlyMemory<byte> rest)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest.Span, out var length))
        {
            throw EndsInside();
        }

        return Take(ref rest, sizeof(uint), length);
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int prefix, uint length)
    {
        if (rest.Length - prefix < length)
        {
            throw EndsInside();
        }

        var item = rest.Slice(prefix, (int)length);
        rest = rest[(prefix + (int)length)..];
        return item;
    }

    private static LogCorruptException EndsInside() => new("A stored batch ends inside an entry.");
}
