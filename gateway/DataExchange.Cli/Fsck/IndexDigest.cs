using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataExchange.Cli.Fsck;

/// <summary>A sum over rows of the search index that does not depend on their order: two indexes with the same sum hold the same rows. Finds damage, not malice, which could only hide entries from a search.</summary>
internal sealed class IndexDigest
{
    private const int Usual = 255;

    private UInt128 _sum;

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<byte> key, long index)
    {
        var row = key.Length <= Usual ? stackalloc byte[sizeof(long) + key.Length] : new byte[sizeof(long) + key.Length];
        BinaryPrimitives.WriteInt64BigEndian(row, index);
        key.CopyTo(row[sizeof(long)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        _sum += BinaryPrimitives.ReadUInt128BigEndian(hash);
        Rows++;
    }

    public bool Matches(IndexDigest other) => Rows == other.Rows && _sum == other._sum;
}
