using System.Security.Cryptography;
using DataExchange.Enforcement.Subjects.Vrf;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>The vault's working keys, each derived from the master key by HKDF-SHA256 (RFC 5869) under a label of its own.</summary>
internal sealed class VaultKeys
{
    private const int KeySize = 32;

    private readonly byte[] _lookup;

    private VaultKeys(byte[] lookup, byte[] wrapping, byte[] check, VrfSecretKey vrf) =>
        (_lookup, Wrapping, Check, Vrf) = (lookup, new KeyWrap(wrapping), check, vrf);

    /// <summary>Wraps the per-subject keys.</summary>
    public KeyWrap Wrapping { get; }

    /// <summary>32 bytes that show which master key a vault was made with, and nothing else.</summary>
    public byte[] Check { get; }

    /// <summary>Makes the subject tokens.</summary>
    public VrfSecretKey Vrf { get; }

    public static VaultKeys Derive(ReadOnlySpan<byte> masterKey) => new(
        Derive(masterKey, "data-exchange/vault/lookup/v1"u8, KeySize),
        Derive(masterKey, "data-exchange/vault/wrapping/v1"u8, KeySize),
        Derive(masterKey, "data-exchange/vault/check/v1"u8, KeySize),
        VrfSecretKey.FromSeed(Derive(masterKey, "data-exchange/vault/vrf/v1"u8, 48)));

    /// <summary>The primary key of a subject's row: a keyed hash, since an unkeyed one of an identity number is found by trying them all.</summary>
    public byte[] Lookup(ReadOnlySpan<byte> subjectId) => HMACSHA256.HashData(_lookup, subjectId);

    private static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> label, int length)
    {
        var key = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, salt: default, label);
        return key;
    }
}
