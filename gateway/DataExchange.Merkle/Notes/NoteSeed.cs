using NSec.Cryptography;

namespace DataExchange.Merkle;

internal static class NoteSeed
{
    public static Key Import(string name, ReadOnlySpan<byte> seed)
    {
        NoteKeyName.Require(name);
        return seed.Length == NoteSigner.SeedSize
            ? Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey)
            : throw new ArgumentException($"A seed is {NoteSigner.SeedSize} bytes, not {seed.Length}.", nameof(seed));
    }
}
