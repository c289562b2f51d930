using System.Security.Cryptography;
using NSec.Cryptography;

namespace DataExchange.Merkle;

/// <summary>A C2SP signed-note key that signs (Ed25519, type 1). The secret stands in locked memory until disposed.</summary>
public sealed class NoteSigner : IDisposable
{
    /// <summary>Length of a seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly Key _key;

    private NoteSigner(string name, Key key)
    {
        _key = key;
        Verifier = new NoteVerifier(name, NoteKeyType.Ed25519, key.PublicKey);
    }

    /// <summary>The key's name.</summary>
    public string Name => Verifier.Name;

    /// <summary>The key that verifies what this one signs.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a fresh seed of 32 bytes.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedSize);

    /// <summary>The signer of a name and an RFC 8032 seed.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or a plus; or the seed is not 32 bytes.</exception>
    public static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed) => new(name, NoteSeed.Import(name, seed));

    /// <summary>One signature line: <c>— name base64(keyID ‖ signature)\n</c>.</summary>
    public string SignatureLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NoteSignature.FormatLine(Verifier, Ed25519Note.Sign(_key, text));
    }

    public void Dispose() => _key.Dispose();
}
