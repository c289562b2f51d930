using NSec.Cryptography;

namespace DataExchange.Merkle;

/// <summary>Signature type 1: Ed25519 (RFC 8032) over the note's text.</summary>
internal static class Ed25519Note
{
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    public static byte[] Sign(Key key, string text) => SignatureAlgorithm.Ed25519.Sign(key, Utf8.Encode(text));

    public static bool Verify(PublicKey key, string text, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && SignatureAlgorithm.Ed25519.Verify(key, Utf8.Encode(text), signature);
}
