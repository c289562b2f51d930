using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace DataExchange.Cli.Signing;

/// <summary>A member's private signing key (EC P-256) in a file of its own: PKCS #8 in PEM (RFC 7468), or a JWK (RFC 7517).</summary>
internal static class PrivateKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads the key. Dispose it.</summary>
    /// <exception cref="FindingException">Others can read the file, or it cannot be read, or holds no such key.</exception>
    public static async Task<ECDsa> ReadAsync(string file, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            // A key that others can read signs for them as well; a member learns of it here and not from its scorecard.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnerOnly) is var more and not UnixFileMode.None)
            {
                throw Unusable(file, $"others may use it ({more}): chmod 600 {file}, and replace the key if they had the chance.");
            }

            text = await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception.Message, exception);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportParameters(text.AsSpan().TrimStart() is ['{', ..] ? FromJwk(text) : FromPem(text));
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            key.Dispose();
            throw Unusable(file, "it holds no private EC key on P-256, neither as PKCS #8 in PEM nor as a JWK.", exception);
        }
    }

    private static ECParameters FromPem(string text)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(text);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return parameters.Curve.Oid?.Value == P256 ? parameters : throw new CryptographicException("Another curve.");
    }

    private static ECParameters FromJwk(string text)
    {
        var jwk = JsonElement.Parse(text);
        return Text("kty") == "EC" && Text("crv") == "P-256"
            ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes("d"), Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") } }
            : throw new FormatException("Another kind of key.");

        string Text(string name) => jwk.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
        byte[] Bytes(string name) => Base64Url.DecodeFromChars(Text(name));
    }

    private static FindingException Unusable(string file, string why, Exception? cause = null) =>
        FindingException.CannotTell(FindingCode.KeyUnusable, $"The key file {file} cannot be used: {why}", cause);
}
