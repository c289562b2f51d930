using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>An official as a subject of the vault: findings are sealed under their key like a citizen's records under the citizen's, and erased like them.</summary>
public static class OfficialSubject
{
    /// <summary>The subject scheme of officials.</summary>
    public const string Scheme = "dx-official";

    private const int TextAt = SubjectCipher.NonceSize + SubjectCipher.TagSize;

    private static readonly byte[] Associated = Encoding.UTF8.GetBytes(Scheme);

    /// <summary>The subject id: <c>{client}/{user}</c>.</summary>
    public static SubjectRef Of(Official official)
    {
        var value = $"{official.ClientId}/{official.UserId}";

        // Two officials whose ids run into the same text, or an id that is too long for a subject: told apart by a hash over both with their lengths.
        return official.ClientId.Contains('/', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(value) > CanonicalSubjectId.MaxValueLength
            ? new SubjectRef(Scheme, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{official.ClientId.Length} {value}"))))
            : new SubjectRef(Scheme, value);
    }

    /// <summary>Client and user under the official's key, base64.</summary>
    internal static string Seal(Subject subject, Official official)
    {
        var text = Encoding.UTF8.GetBytes($"{official.ClientId}\0{official.UserId}");
        var output = new byte[TextAt + text.Length];
        RandomReserve.Fill(output.AsSpan(0, SubjectCipher.NonceSize));
        text.CopyTo(output.AsSpan(TextAt));
        subject.Cipher.Encrypt(
            output.AsSpan(0, SubjectCipher.NonceSize), output.AsSpan(TextAt), output.AsSpan(SubjectCipher.NonceSize, SubjectCipher.TagSize), Associated);
        return Convert.ToBase64String(output);
    }

    /// <summary>Opens what <see cref="Seal"/> made. False for another subject's, and for anything changed.</summary>
    public static bool TryOpen(Subject subject, string sealedOfficial, [NotNullWhen(true)] out Official? official)
    {
        ArgumentNullException.ThrowIfNull(subject);
        official = null;
        var bytes = new byte[sealedOfficial.Length];
        if (!Convert.TryFromBase64String(sealedOfficial, bytes, out var length) || length < TextAt)
        {
            return false;
        }

        var text = new byte[length - TextAt];
        try
        {
            subject.Cipher.Decrypt(
                bytes.AsSpan(0, SubjectCipher.NonceSize), bytes.AsSpan(TextAt, text.Length),
                bytes.AsSpan(SubjectCipher.NonceSize, SubjectCipher.TagSize), text, Associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(text).Split('\0');
        official = new Official(parts[0], parts[1]);
        return true;
    }
}
