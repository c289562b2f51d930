using System.Security.Cryptography;

namespace DataExchange.Merkle;

/// <summary>Paths of a witness, below its prefix.</summary>
public static class WitnessPaths
{
    /// <summary>C2SP tlog-witness: takes checkpoints.</summary>
    public const string AddCheckpoint = "add-checkpoint";

    /// <summary>
    /// Where a witness shows the latest checkpoint it cosigned for a log. The log is named as C2SP tlog-mirror names it: the SHA-256 of
    /// its origin, in lower-case hexadecimal.
    /// </summary>
    public static string Checkpoint(string origin) => $"{OriginHash(origin)}/checkpoint";

    /// <summary>SHA-256 of the origin, in lower-case hexadecimal: 64 characters.</summary>
    public static string OriginHash(string origin) => Convert.ToHexStringLower(SHA256.HashData(Utf8.Encode(origin)));
}
