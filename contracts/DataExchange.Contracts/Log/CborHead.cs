using System.Buffers.Binary;

namespace DataExchange.Contracts.Log;

/// <summary>The major types a leaf uses (RFC 8949 §3.1).</summary>
internal enum CborMajor : byte
{
    UnsignedInteger = 0,
    ByteString = 2,
    TextString = 3,
    Array = 4,
}

/// <summary>The head of a CBOR item: major type and argument, always in the shortest form (RFC 8949 §4.2.1).</summary>
/// <remarks>A leaf is five items of four types; the sixty lines here are easier to check against the RFC than the settings of a general reader.</remarks>
internal static class CborHead
{
    public static int SizeOf(long argument) => argument switch
    {
        < 24 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        <= uint.MaxValue => 5,
        _ => 9,
    };

    /// <summary>Writes a head and returns its length.</summary>
    public static int Write(Span<byte> destination, CborMajor major, long argument)
    {
        var type = (byte)((byte)major << 5);
        var size = SizeOf(argument);
        switch (size)
        {
            case 1:
                destination[0] = (byte)(type | (byte)argument);
                break;
            case 2:
                destination[0] = (byte)(type | 24);
                destination[1] = (byte)argument;
                break;
            case 3:
                destination[0] = (byte)(type | 25);
                BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)argument);
                break;
            case 5:
                destination[0] = (byte)(type | 26);
                BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)argument);
                break;
            default:
                destination[0] = (byte)(type | 27);
                BinaryPrimitives.WriteInt64BigEndian(destination[1..], argument);
                break;
        }

        return size;
    }

    /// <summary>Reads a head of this type and returns its length; 0 when there is none, when it is not in the shortest form, or when the argument exceeds 2⁶³ − 1.</summary>
    public static int Read(ReadOnlySpan<byte> source, CborMajor major, out long argument)
    {
        argument = 0;
        if (source.IsEmpty || source[0] >> 5 != (int)major)
        {
            return 0;
        }

        var info = source[0] & 0x1f;
        var size = info switch { < 24 => 1, 24 => 2, 25 => 3, 26 => 5, 27 => 9, _ => 0 };
        if (size == 0 || source.Length < size)
        {
            return 0;
        }

        argument = size switch
        {
            1 => info,
            2 => source[1],
            3 => BinaryPrimitives.ReadUInt16BigEndian(source[1..]),
            5 => BinaryPrimitives.ReadUInt32BigEndian(source[1..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(source[1..]),
        };
        return argument >= 0 && SizeOf(argument) == size ? size : 0;
    }
}
