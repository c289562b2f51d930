using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Policy.Subjects;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>Makes vaults and entries for the tests of this folder.</summary>
internal static class VaultFixture
{
    public const long January2026 = 1_767_225_600_000;

    public static readonly SubjectRef ZhangSan = new("cn-resident-id", "11010519491231002X");
    public static readonly SubjectRef LiSi = new("cn-resident-id", "110101199003070134");

    public static SubjectVault Vault(ISubjectStore store, IMasterKey masterKey, int cachedSubjects = 1000) => new(
        store, masterKey, Options.Create(new SubjectVaultOptions { DataFolder = "unused", CachedSubjects = cachedSubjects }), NullLogger<SubjectVault>.Instance);

    public static byte[] Record(SubjectRef subject) => CanonicalJson.Canonicalize(
        $$"""{"kind":"access.released","subject":{"scheme":"{{subject.Scheme}}","value":"{{subject.Value}}"},"time":{{January2026}}}""");

    public static SealedEntry Seal(Subject subject, ReadOnlyMemory<byte> record, long timeMs = January2026) =>
        RecordSealer.Seal(subject, LeafKinds.AccessReleased, timeMs, record);

    public static StoredEntry Stored(SealedEntry entry) => new(0, entry.Leaf, entry.Sealed, entry.Tag);

    /// <summary>Whether the haystack holds the text, in any encoding it might have slipped in by.</summary>
    public static bool Holds(ReadOnlySpan<byte> haystack, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return haystack.IndexOf(utf8) >= 0
            || haystack.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0
            || haystack.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexString(utf8))) >= 0
            || haystack.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8))) >= 0
            || haystack.IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(utf8).TrimEnd('='))) >= 0
            || haystack.IndexOf(SHA256.HashData(utf8)) >= 0
            || (ulong.TryParse(text, out var number) && haystack.IndexOf(BigEndian(number)) >= 0);
    }

    private static byte[] BigEndian(ulong number)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
