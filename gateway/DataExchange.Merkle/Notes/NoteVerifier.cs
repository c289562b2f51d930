using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DataExchange.Merkle;

/// <summary>A C2SP signed-note key that verifies: Ed25519 (type 1) or cosignature/v1 (type 4).</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey _key;
    private readonly string _vkey;

    internal NoteVerifier(string name, NoteKeyType type, PublicKey key)
    {
        var material = Material(type, key);
        (Name, Type, _key) = (name, type, key);
        KeyId = IdOf(name, material);
        _vkey = $"{name}+{KeyId:x8}+{Convert.ToBase64String(material)}";
    }

    /// <summary>The key's name; a log's key bears the log's origin.</summary>
    public string Name { get; }

    /// <summary>What the key signs, and how.</summary>
    public NoteKeyType Type { get; }

    /// <summary>First four bytes, big-endian, of SHA256(name ‖ 0x0A ‖ type ‖ public key).</summary>
    public uint KeyId { get; }

    /// <summary>Reads a vkey: <c>name+hex8(keyID)+base64(type ‖ pubkey)</c>. The id has to be that of the key.</summary>
    public static bool TryParse(string? vkey, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        var parts = (vkey ?? "").Split('+', 3);
        if (parts.Length != 3 || !NoteKeyName.IsValid(parts[0])
            || !Base64.TryDecode(parts[2], out var material) || material.Length != 1 + Ed25519Note.PublicKeySize
            || (NoteKeyType)material[0] is not (NoteKeyType.Ed25519 or NoteKeyType.CosignatureV1)
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, material.AsSpan(1), KeyBlobFormat.RawPublicKey, out var key) || key is null)
        {
            return false;
        }

        var candidate = new NoteVerifier(parts[0], (NoteKeyType)material[0], key);
        if (candidate._vkey != vkey)
        {
            return false;
        }

        verifier = candidate;
        return true;
    }

    /// <summary>The vkey text.</summary>
    public override string ToString() => _vkey;

    /// <summary>Whether the same public key stands behind both, under whatever name and type.</summary>
    internal bool HasSameKey(NoteVerifier other) => _key.Equals(other._key);

    /// <summary>Whether these bytes, which followed the key id in a signature line, sign the text.</summary>
    internal bool Verify(string text, ReadOnlySpan<byte> signature) => Type switch
    {
        NoteKeyType.Ed25519 => Ed25519Note.Verify(_key, text, signature),
        NoteKeyType.CosignatureV1 => CosignatureV1.Verify(_key, text, signature),
        _ => false,
    };

    /// <summary>Whether this signs the Sig_structure of a COSE receipt. Its first bytes begin no note's text.</summary>
    internal bool VerifyReceipt(ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature) =>
        Type == NoteKeyType.Ed25519 && signature.Length == Ed25519Note.SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, toBeSigned, signature);

    private static byte[] Material(NoteKeyType type, PublicKey key) => [(byte)type, .. key.Export(KeyBlobFormat.RawPublicKey)];

    private static uint IdOf(string name, byte[] material)
    {
        byte[] input = [.. Utf8.Encode(name), (byte)'\n', .. material];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }
}
