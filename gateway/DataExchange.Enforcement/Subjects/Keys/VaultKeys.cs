using System.Security.Cryptography;
using System.Text;
using DataExchange.Enforcement.Subjects.Vrf;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// The vault's working keys. Two are derived from the master key by HKDF-SHA256 (RFC 5869), each under a label of its own, and change
/// with it. The VRF key is random and stays, sealed in the vault's header: people check their proofs with its public key.
/// </summary>
internal sealed class VaultKeys
{
    private const int KeySize = 32;
    private const int SeedSize = 48;

    private readonly byte[] _lookup;
    private readonly byte[] _seed;

    private VaultKeys(MasterKey master, byte[] seed)
    {
        Id = master.Id;
        _lookup = Derive(master, "data-exchange/vault/lookup/v1"u8);
        _seed = seed;
        Wrapping = new KeyWrap(Derive(master, "data-exchange/vault/wrapping/v1"u8));
        Vrf = VrfSecretKey.FromSeed(seed);
    }

    /// <summary>Id of the master key.</summary>
    public string Id { get; }

    /// <summary>Seals the rows.</summary>
    public KeyWrap Wrapping { get; }

    /// <summary>Makes the subject tokens.</summary>
    public VrfSecretKey Vrf { get; }

    /// <summary>The keys of a vault that is made now.</summary>
    public static VaultKeys Create(MasterKey master) => new(master, RandomNumberGenerator.GetBytes(SeedSize));

    /// <summary>The keys of a vault that is there.</summary>
    /// <exception cref="CryptographicException">The header was changed, or is not under this key.</exception>
    public static VaultKeys Open(VaultHeader header, MasterKey master) =>
        new(master, new KeyWrap(Derive(master, "data-exchange/vault/wrapping/v1"u8)).Unwrap(header.Sealed.Span, Place(master.Id), SeedSize));

    /// <summary>The same vault's keys under another master key.</summary>
    public VaultKeys Under(MasterKey master) => new(master, _seed);

    /// <summary>What the vault keeps of itself under this master key.</summary>
    public VaultHeader Header() => new(Id, Wrapping.Wrap(_seed, Place(Id)));

    /// <summary>The primary key of a subject's row. A keyed hash, since an unkeyed one of an identity number is found by trying them all.</summary>
    /// <param name="idHash">SHA-256 of the subject id.</param>
    public byte[] Lookup(ReadOnlySpan<byte> idHash) => HMACSHA256.HashData(_lookup, idHash);

    private static byte[] Place(string keyId) => Encoding.ASCII.GetBytes("data-exchange/vault/header/v1/" + keyId);

    private static byte[] Derive(MasterKey master, ReadOnlySpan<byte> label)
    {
        var key = new byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Secret, key, salt: default, label);
        return key;
    }
}
