using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Compression;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Turns a record about a subject into a leaf that tells nothing, and a sealed record that only the subject's key opens:
/// <c>version ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM(openingKey (32) ‖ record)</c> with the leaf as associated data. Version 1 holds the
/// record as it is, version 2 packed; both are read for ever. See <c>contracts/log-format.md</c>.
/// </summary>
public static class RecordSealer
{
    private const byte Plain = 1;
    private const byte Packed = 2;
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
        var text = Text(record);
        var openingKey = new byte[Commitment.Size];

        // One draw for nonce and opening key. A subject's key would need 2³² records before a random nonce is likely to repeat.
        Span<byte> random = stackalloc byte[SubjectCipher.NonceSize + Commitment.Size];
        RandomReserve.Fill(random);
        var nonce = random[..SubjectCipher.NonceSize];
        random[SubjectCipher.NonceSize..].CopyTo(openingKey);

        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Compute(openingKey, record, commitment);
        var tag = subject.Tag(kind, timeMs);
        var leaf = Leaf.Encode(kind, timeMs, tag, commitment);

        nonce.CopyTo(text.AsSpan(NonceAt));
        openingKey.CopyTo(text.AsSpan(TextAt));
        subject.Cipher.Encrypt(nonce, text.AsSpan(TextAt), text.AsSpan(TagAt, SubjectCipher.TagSize), leaf);
        return new SealedEntry(leaf, text, tag, openingKey);
    }

    /// <summary>Opens an entry of this subject, and checks that its leaf commits to what is inside. False for another subject's entry, an open leaf, and anything changed.</summary>
    public static bool TryOpen(Subject subject, StoredEntry entry, [NotNullWhen(true)] out OpenedRecord? opened)
    {
        opened = null;
        var sealedRecord = entry.Sealed.Span;
        if (!Leaf.TryDecode(entry.Leaf, out var leaf) || leaf.IsOpen
            || !leaf.Tag.Span.SequenceEqual(subject.Tag(leaf.Kind, leaf.TimeMs))
            || sealedRecord.Length < RecordAt || sealedRecord[0] is not (Plain or Packed))
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

        // The version is not authenticated by itself: who changed it would get another record, and the commitment is of this one.
        var (openingKey, record) = (text.AsMemory(0, Commitment.Size), text.AsMemory(Commitment.Size));
        if (sealedRecord[0] == Packed)
        {
            record = RecordCompression.Unpack(record.Span);
        }

        if (!Commitment.Verify(openingKey.Span, record.Span, leaf.Body.Span))
        {
            return false;
        }

        opened = new OpenedRecord(leaf, openingKey, record);
        return true;
    }

    /// <summary>The sealed record with its version and its record in place, packed where that makes it shorter; nothing encrypted yet.</summary>
    private static byte[] Text(ReadOnlySpan<byte> record)
    {
        byte[] text;
        if (RecordCompression.TryPack(record, out var packed, out var length))
        {
            text = GC.AllocateUninitializedArray<byte>(RecordAt + length);
            text[0] = Packed;
            packed.AsSpan(0, length).CopyTo(text.AsSpan(RecordAt));
            RecordCompression.Return(packed);
            return text;
        }

        text = GC.AllocateUninitializedArray<byte>(RecordAt + record.Length);
        text[0] = Plain;
        record.CopyTo(text.AsSpan(RecordAt));
        return text;
    }
}
