using System.Security.Cryptography;

namespace DataExchange.Cli.DataFolders;

/// <summary>The vault's master key as files: 32 raw bytes, and beside them the next one while an erasure changes it.</summary>
internal static class VaultKey
{
    public const string FileName = "vault.key";
    public const string NextFileName = "vault.key.next";

    /// <summary>The id of the master key that a <c>vault.db</c> is under; null before it has one.</summary>
    public const string IdQuery = "SELECT key_id FROM header";

    /// <summary>Bytes of the key.</summary>
    public const int Size = 32;

    private const int IdSize = 16;

    /// <summary>The name of a key that gives nothing away: HKDF-SHA256 (RFC 5869) of it, 16 bytes as lower-case hexadecimal digits.</summary>
    public static string IdOf(ReadOnlySpan<byte> key)
    {
        Span<byte> id = stackalloc byte[IdSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, salt: default, "data-exchange/vault/id/v1"u8);
        return Convert.ToHexStringLower(id);
    }
}
