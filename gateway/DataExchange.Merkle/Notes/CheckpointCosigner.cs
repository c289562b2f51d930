using NSec.Cryptography;

namespace DataExchange.Merkle;

/// <summary>A witness's key: cosigns checkpoints by C2SP tlog-cosignature (type 4). Its public key must serve no other cosigner.</summary>
public sealed class CheckpointCosigner : IDisposable
{
    private readonly Key _key;

    private CheckpointCosigner(string name, Key key)
    {
        _key = key;
        Verifier = new NoteVerifier(name, NoteKeyType.CosignatureV1, key.PublicKey);
    }

    /// <summary>The key's name.</summary>
    public string Name => Verifier.Name;

    /// <summary>The key that verifies what this one signs.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Whether a text can name a key: 1 to 255 characters, no space, no control character, no plus.</summary>
    public static bool IsName(string? name) => NoteKeyName.IsValid(name);

    /// <summary>The cosigner of a name and an RFC 8032 seed.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a space, a control character or a plus; or the seed is not 32 bytes.</exception>
    public static CheckpointCosigner FromSeed(string name, ReadOnlySpan<byte> seed) => new(name, NoteSeed.Import(name, seed));

    /// <summary>One signature line: the statement that this is the largest consistent tree seen at that time.</summary>
    /// <param name="checkpoint">The checkpoint, which the caller has checked against what it saw before.</param>
    /// <param name="unixSeconds">Seconds since the Unix epoch, not negative.</param>
    public string SignatureLine(Checkpoint checkpoint, long unixSeconds)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return NoteSignature.FormatLine(Verifier, CosignatureV1.Sign(_key, checkpoint.ToText(), unixSeconds));
    }

    public void Dispose() => _key.Dispose();
}
