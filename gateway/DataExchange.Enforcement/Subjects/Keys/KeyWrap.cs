using System.Security.Cryptography;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// Seals what the vault keeps: <c>1 ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM(secret)</c>, bound to the place it stands in. What was moved
/// to another row, or stands beside something that was exchanged, does not open.
/// </summary>
internal sealed class KeyWrap(byte[] wrappingKey)
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 1 + NonceSize + TagSize;

    public byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> place)
    {
        var wrapped = new byte[Overhead + secret.Length];
        wrapped[0] = Version;
        RandomNumberGenerator.Fill(wrapped.AsSpan(1, NonceSize));
        using var aes = new AesGcm(wrappingKey, TagSize);
        aes.Encrypt(wrapped.AsSpan(1, NonceSize), secret, wrapped.AsSpan(Overhead), wrapped.AsSpan(1 + NonceSize, TagSize), place);
        return wrapped;
    }

    /// <param name="wrapped">What <see cref="Wrap"/> made.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="size">How long the secret has to be.</param>
    /// <exception cref="CryptographicException">Not sealed by this key for this place.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> place, int size)
    {
        if (wrapped.Length != Overhead + size || wrapped[0] != Version)
        {
            throw new CryptographicException("Nothing that the vault sealed.");
        }

        var secret = new byte[size];
        using var aes = new AesGcm(wrappingKey, TagSize);
        aes.Decrypt(wrapped.Slice(1, NonceSize), wrapped[Overhead..], wrapped.Slice(1 + NonceSize, TagSize), secret, place);
        return secret;
    }
}
