using System.Security.Cryptography;

namespace DataExchange.Contracts.Log;

/// <summary><c>HMAC-SHA256(openingKey, record)</c>: binding to the record, and silent about it to whoever lacks the key.</summary>
public static class Commitment
{
    /// <summary>Length of the opening key and of the commitment in bytes.</summary>
    public const int Size = 32;

    /// <summary>Commits to a canonical record.</summary>
    /// <param name="openingKey">32 random bytes, used for this record alone.</param>
    /// <param name="record">The record's canonical form, see <see cref="CanonicalJson"/>.</param>
    /// <param name="commitment">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Compute(ReadOnlySpan<byte> openingKey, ReadOnlySpan<byte> record, Span<byte> commitment)
    {
        if (openingKey.Length != Size || commitment.Length != Size)
        {
            throw new ArgumentException($"An opening key and a commitment have {Size} bytes.");
        }

        HMACSHA256.HashData(openingKey, record, commitment);
    }

    /// <summary>Whether the key and the record open the commitment. Anything of a wrong length does not.</summary>
    public static bool Verify(ReadOnlySpan<byte> openingKey, ReadOnlySpan<byte> record, ReadOnlySpan<byte> commitment)
    {
        if (openingKey.Length != Size || commitment.Length != Size)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Size];
        HMACSHA256.HashData(openingKey, record, expected);
        return CryptographicOperations.FixedTimeEquals(expected, commitment);
    }
}
