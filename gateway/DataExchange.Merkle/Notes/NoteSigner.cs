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

    /// <summary>
    /// The COSE receipt (RFC 9942) of an entry under a checkpoint of this log. What is signed is the Sig_structure over the checkpoint's
    /// root and nothing else, so that the key can be made to say no more than the checkpoint says already.
    /// </summary>
    /// <exception cref="ArgumentException">The checkpoint is another log's, or the path is empty: a tree of one entry has no receipt.</exception>
    public CoseReceipt SignReceipt(Checkpoint checkpoint, long index, IReadOnlyList<MerkleHash> path)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count == 0)
        {
            throw new ArgumentException("A COSE receipt has a path of at least one hash.", nameof(path));
        }

        if (checkpoint.Origin != Name)
        {
            throw new ArgumentException($"A checkpoint of {checkpoint.Origin} is not for {Name} to sign.", nameof(checkpoint));
        }

        var header = CoseReceipt.HeaderOf(Verifier);
        return new CoseReceipt(checkpoint.Size, index, path, header, SignatureAlgorithm.Ed25519.Sign(_key, CoseReceipt.ToBeSigned(header, checkpoint.Root)));
    }

    public void Dispose() => _key.Dispose();
}
