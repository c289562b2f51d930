using System.Buffers.Binary;
using NSec.Cryptography;

namespace DataExchange.Merkle;

/// <summary>Signature type 4 (C2SP tlog-cosignature): <c>u64be seconds ‖ sig[64]</c> over a header, the time and the checkpoint's text.</summary>
internal static class CosignatureV1
{
    private const int SignatureSize = sizeof(ulong) + Ed25519Note.SignatureSize;

    public static byte[] Sign(Key key, string text, long unixSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        var signature = new byte[SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(signature, unixSeconds);
        SignatureAlgorithm.Ed25519.Sign(key, Message(text, unixSeconds), signature.AsSpan(sizeof(ulong)));
        return signature;
    }

    public static bool Verify(PublicKey key, string text, ReadOnlySpan<byte> signature) =>
        TryReadTime(signature, out var seconds)
        && SignatureAlgorithm.Ed25519.Verify(key, Message(text, seconds), signature[sizeof(ulong)..]);

    /// <summary>The time as the signature states it, not yet verified.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> signature, out long seconds)
    {
        seconds = -1;
        return signature.Length == SignatureSize && BinaryPrimitives.TryReadInt64BigEndian(signature, out seconds) && seconds >= 0;
    }

    private static byte[] Message(string text, long seconds) => Utf8.Encode($"cosignature/v1\ntime {DecimalNumber.Format(seconds)}\n{text}");
}
