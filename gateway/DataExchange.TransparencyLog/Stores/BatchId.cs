using System.Security.Cryptography;

namespace DataExchange.TransparencyLog.Stores;

/// <summary>
/// 128 random bits that name a batch. Two batches may claim the same first index, when a commit's outcome was not known and another
/// took the place: the id tells which of them is stored.
/// </summary>
public readonly record struct BatchId(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    public static BatchId New() => FromBytes(RandomNumberGenerator.GetBytes(Size));

    public static BatchId FromBytes(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
