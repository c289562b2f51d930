using System.Security.Cryptography;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// Wraps a per-subject key: <c>1 ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM(key)</c>, bound to the row it stands in. A row whose look-up
/// value, token or proof was exchanged for another's does not open.
/// </summary>
internal sealed class KeyWrap(byte[] wrappingKey)
{
    public const int KeySize = 32;

    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Size = 1 + NonceSize + TagSize + KeySize;

    public byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row)
    {
        var wrapped = new byte[Size];
        wrapped[0] = Version;
        RandomNumberGenerator.Fill(wrapped.AsSpan(1, NonceSize));
        using var aes = new AesGcm(wrappingKey, TagSize);
        aes.Encrypt(wrapped.AsSpan(1, NonceSize), key, wrapped.AsSpan(^KeySize..), wrapped.AsSpan(1 + NonceSize, TagSize), row);
        return wrapped;
    }

    /// <exception cref="CryptographicException">Not wrapped by this key for this row.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> row)
    {
        if (wrapped.Length != Size || wrapped[0] != Version)
        {
            throw new CryptographicException("Not a wrapped key.");
        }

        var key = new byte[KeySize];
        using var aes = new AesGcm(wrappingKey, TagSize);
        aes.Decrypt(wrapped.Slice(1, NonceSize), wrapped[^KeySize..], wrapped.Slice(1 + NonceSize, TagSize), key, row);
        return key;
    }
}
