using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>A C2SP signed note: text that ends in a newline, a blank line, signature lines. The text means nothing until a known key's signature is checked.</summary>
public sealed class SignedNote
{
    /// <summary>Longest note taken, in UTF-16 units.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Most signature lines taken; the format asks for at least 16.</summary>
    public const int MaxSignatures = 64;

    private readonly string _note;
    private readonly List<NoteSignature> _signatures;

    private SignedNote(string note, string text, List<NoteSignature> signatures) => (_note, Text, _signatures) = (note, text, signatures);

    /// <summary>What is signed, with its final newline.</summary>
    public string Text { get; }

    /// <summary>Reads a note from UTF-8; refuses other bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        return utf8.Length <= 4 * MaxLength && Utf8.Decode(utf8) is { } note && TryParse(note, out parsed);
    }

    /// <summary>Reads a note strictly: no control characters but newline, every signature line well-formed, nothing after the last.</summary>
    public static bool TryParse(string? note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        if (note is null || note.Length > MaxLength || HasControlCharacters(note) || !Utf8.IsEncodable(note))
        {
            return false;
        }

        // The text may hold empty lines itself: the last one separates.
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !TryParseLines(note.AsSpan(blank + 2), out var signatures))
        {
            return false;
        }

        parsed = new SignedNote(note, note[..(blank + 1)], signatures);
        return true;
    }

    /// <summary>The whole note as it came.</summary>
    public override string ToString() => _note;

    /// <summary>True when a signature by this key is present and valid. A known key whose signature does not verify makes the whole note false.</summary>
    public bool IsSignedBy(NoteVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        var found = false;
        foreach (var signature in _signatures.Where(s => s.IsBy(verifier)))
        {
            if (!verifier.Verify(Text, signature.Bytes.Span))
            {
                return false;
            }

            found = true;
        }

        return found;
    }

    /// <summary>True when at least one of these keys has signed. A line of any of them that does not verify makes the whole note false.</summary>
    public bool IsSignedByOneOf(IReadOnlyList<NoteVerifier> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var present = keys.Where(key => _signatures.Exists(s => s.IsBy(key))).ToList();
        return present.Count > 0 && present.TrueForAll(IsSignedBy);
    }

    /// <summary>The note with one signature line of each of these keys that has any, and no other lines; not a note when none is left.</summary>
    public string WithSignaturesOf(IReadOnlyList<NoteVerifier> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var lines = keys.SelectMany(key => _signatures.Where(s => s.IsBy(key)).Take(1).Select(s => NoteSignature.FormatLine(key, s.Bytes.Span)));
        return $"{Text}\n{string.Concat(lines)}";
    }

    /// <summary>When the witness says to have seen this checkpoint: seconds since the Unix epoch; null without its valid cosignature.</summary>
    public long? CosignedAt(NoteVerifier witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.Type != NoteKeyType.CosignatureV1 || !IsSignedBy(witness))
        {
            return null;
        }

        return _signatures.Where(s => s.IsBy(witness))
            .Max(s => CosignatureV1.TryReadTime(s.Bytes.Span, out var seconds) ? seconds : (long?)null);
    }

    /// <summary>
    /// One signature line of a key, with its newline: of several cosignatures the latest. Null unless every line of that key is valid.
    /// </summary>
    public string? LineBy(NoteVerifier verifier) =>
        IsSignedBy(verifier)
            ? NoteSignature.FormatLine(verifier, _signatures.Where(s => s.IsBy(verifier)).MaxBy(s => CosignatureV1.TryReadTime(s.Bytes.Span, out var seconds) ? seconds : 0).Bytes.Span)
            : null;

    private static bool TryParseLines(ReadOnlySpan<char> lines, out List<NoteSignature> signatures)
    {
        signatures = [];
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf('\n');
            if (end < 0 || signatures.Count == MaxSignatures || !NoteSignature.TryParse(lines[..end], out var signature))
            {
                return false;
            }

            signatures.Add(signature);
            lines = lines[(end + 1)..];
        }

        return signatures.Count > 0;
    }

    private static bool HasControlCharacters(ReadOnlySpan<char> note)
    {
        foreach (var c in note)
        {
            if (c < ' ' && c != '\n')
            {
                return true;
            }
        }

        return false;
    }
}
