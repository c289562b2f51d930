using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataExchange.Merkle;

/// <summary>A SHA-256 hash of a leaf or a node, held inline: 32 bytes, no allocation.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Equality is defined below.")]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Block _block;

    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash is {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref _block, 1)));
    }

    /// <summary>Reads standard base64 (44 characters).</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, out MerkleHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (base64.Length == 44 && Convert.TryFromBase64Chars(base64, bytes, out var written) && written == Size
            && base64.SequenceEqual(Convert.ToBase64String(bytes)))
        {
            hash = new MerkleHash(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    /// <summary>The 32 bytes, in place.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Block>(in _block));

    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    public byte[] ToArray() => Bytes.ToArray();

    public bool Equals(MerkleHash other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes);

    /// <summary>Standard base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(Bytes);

    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Block
    {
        private byte _first;
    }
}
