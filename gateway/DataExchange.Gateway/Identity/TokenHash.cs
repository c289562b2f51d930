using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Gateway.Identity;

/// <summary>SHA-256 of a token: what the cache keeps instead of the token, so that a memory dump yields none.</summary>
public readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        Span<byte> utf8 = token.Length <= 1024 ? stackalloc byte[3 * token.Length] : new byte[3 * token.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(token, utf8)], hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }
}
