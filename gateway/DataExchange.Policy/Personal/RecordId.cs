using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>Ids of records about people.</summary>
public static class RecordId
{
    /// <summary>Unguessable without the subject's handle, and unique: a governance size is used by one command only.</summary>
    /// <param name="register">Name of the register.</param>
    /// <param name="subject">Whom the record is about.</param>
    /// <param name="governanceSize">Size of the governance log that the command is decided under.</param>
    public static string New(string register, SubjectHandle subject, long governanceSize) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"dx-{register} {subject.Value} {governanceSize}"))).AsSpan(0, 16));
}
