using System.Security.Cryptography;
using DataExchange.Merkle;

namespace DataExchange.Cli.DataFolders;

/// <summary>A log's signing key as the gateway keeps it: one line, the base64 of 32 bytes.</summary>
internal static class LogKeyFile
{
    /// <summary>The public half; null when the file does not hold a key.</summary>
    public static NoteVerifier? ReadVerifier(string file, string origin)
    {
        var seed = new byte[NoteSigner.SeedSize];
        try
        {
            if (!Convert.TryFromBase64Chars(File.ReadAllText(file).AsSpan().TrimEnd('\n'), seed, out var written) || written != seed.Length)
            {
                return null;
            }

            using var signer = NoteSigner.FromSeed(origin, seed);
            return signer.Verifier;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
