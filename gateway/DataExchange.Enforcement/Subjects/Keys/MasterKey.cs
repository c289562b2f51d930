using System.Security.Cryptography;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>32 secret bytes that everything in the vault hangs on, and a name for them that gives nothing away.</summary>
public sealed class MasterKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int Size = 32;

    private const int IdSize = 16;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public MasterKey(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length != Size)
        {
            throw new ArgumentException($"A master key has {Size} bytes.", nameof(secret));
        }

        Secret = secret;
        Span<byte> id = stackalloc byte[IdSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, id, salt: default, "data-exchange/vault/id/v1"u8);
        Id = Convert.ToHexStringLower(id);
    }

    /// <summary>Follows from the secret: 32 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    internal byte[] Secret { get; }

    /// <summary>Whether nothing but zeros is left of it.</summary>
    internal bool IsErased => !Secret.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>A random key.</summary>
    public static MasterKey Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Its id; never the secret.</summary>
    public override string ToString() => Id;
}
