using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Turns a record about a subject into a leaf that tells nothing, and a sealed record that only the subject's key opens:
/// <c>1 ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM(openingKey (32) ‖ record)</c> with the leaf as associated data. See <c>contracts/log-format.md</c>.
/// </summary>
public static class RecordSealer
{
    private const byte Version = 1;
    private const int NonceAt = 1;
    private const int TagAt = NonceAt + SubjectCipher.NonceSize;
    private const int TextAt = TagAt + SubjectCipher.TagSize;
    private const int RecordAt = TextAt + Commitment.Size;

    /// <summary>Seals. Safe for concurrent use, also for one subject.</summary>
    /// <param name="subject">Whom the record is about.</param>
    /// <param name="kind">A sealed kind, see <see cref="LeafKinds"/>.</param>
    /// <param name="timeMs">Log time, see <see cref="LogClock"/>.</param>
    /// <param name="canonicalRecord">The record in canonical JSON, see <see cref="CanonicalJsonWriter"/>. Not kept.</param>
    /// <exception cref="ArgumentException">The kind is open, or the time before 1970.</exception>
    public static SealedEntry Seal(Subject subject, string kind, long timeMs, ReadOnlyMemory<byte> canonicalRecord)
    {
        var record = canonicalRecord.Span;
        var text = GC.AllocateUninitializedArray<byte>(RecordAt + record.Length);
        var openingKey = new byte[Commitment.Size];

        // One draw for nonce and opening key. A subject's key would need 2³² records before a random nonce is likely to repeat.
        Span<byte> random = stackalloc byte[SubjectCipher.NonceSize + Commitment.Size];
        RandomReserve.Fill(random);
        var nonce = random[..SubjectCipher.NonceSize];
        random[SubjectCipher.NonceSize..].CopyTo(openingKey);

        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Compute(openingKey, record, commitment);
        var tag = subject.Tag(timeMs);
        var leaf = Leaf.Encode(kind, timeMs, tag, commitment);

        text[0] = Version;
        nonce.CopyTo(text.AsSpan(NonceAt));
        openingKey.CopyTo(text.AsSpan(TextAt));
        record.CopyTo(text.AsSpan(RecordAt));
        subject.Cipher.Encrypt(nonce, text.AsSpan(TextAt), text.AsSpan(TagAt, SubjectCipher.TagSize), leaf);
        return new SealedEntry(leaf, text, tag, openingKey);
    }

    /// <summary>Opens an entry of this subject, and checks that its leaf commits to what is inside. False for another subject's entry, an open leaf, and anything changed.</summary>
    public static bool TryOpen(Subject subject, StoredEntry entry, [NotNullWhen(true)] out OpenedRecord? opened)
    {
        opened = null;
        var sealedRecord = entry.Sealed.Span;
        if (!Leaf.TryDecode(entry.Leaf, out var leaf) || leaf.IsOpen
            || !leaf.Tag.Span.SequenceEqual(subject.Tag(leaf.TimeMs))
            || sealedRecord.Length < RecordAt || sealedRecord[0] != Version)
        {
            return false;
        }

        var text = new byte[sealedRecord.Length - TextAt];
        try
        {
            subject.Cipher.Decrypt(
                sealedRecord.Slice(NonceAt, SubjectCipher.NonceSize), sealedRecord[TextAt..],
                sealedRecord.Slice(TagAt, SubjectCipher.TagSize), text, entry.Leaf.Span);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        var (openingKey, record) = (text.AsMemory(0, Commitment.Size), text.AsMemory(Commitment.Size));
        if (!Commitment.Verify(openingKey.Span, record.Span, leaf.Body.Span))
        {
            return false;
        }

        opened = new OpenedRecord(leaf, openingKey, record);
        return true;
    }
}
