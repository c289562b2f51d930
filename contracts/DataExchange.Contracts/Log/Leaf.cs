namespace DataExchange.Contracts.Log;

/// <summary>
/// A log entry: deterministic CBOR (RFC 8949 §4.2) <c>[1, kind, time_ms, tag, body]</c>; see <c>contracts/log-format.md</c>.
/// Compare leaves by their encoding: two values that hold equal bytes in different memory are not equal.
/// </summary>
/// <param name="Kind">For instance <c>access.released</c>; see <see cref="LeafKinds"/>.</param>
/// <param name="TimeMs">Log time: milliseconds since the Unix epoch, by a clock that never runs backwards.</param>
/// <param name="Tag">32 bytes; empty in an open leaf.</param>
/// <param name="Body">Sealed leaf: the 32-byte commitment. Open leaf (empty tag): the canonical JSON record itself.</param>
public readonly record struct Leaf(string Kind, long TimeMs, ReadOnlyMemory<byte> Tag, ReadOnlyMemory<byte> Body)
{
    /// <summary>Length of a tag in bytes.</summary>
    public const int TagSize = 32;

    /// <summary>Longest leaf in bytes: what an entry bundle can carry.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>Latest time of a leaf: the last millisecond of the year 9999, since tags name their month by four digits and two.</summary>
    public const long MaxTimeMs = 253_402_300_799_999;

    internal const int Version = 1;
    internal const int ArrayLength = 5;

    /// <summary>Whether the record stands in the leaf for anyone to read.</summary>
    public bool IsOpen => Tag.IsEmpty;

    /// <summary>The CBOR bytes.</summary>
    /// <exception cref="ArgumentException">No such leaf may exist: a sealed kind without a tag, an open kind with one, a wrong length, a time before 1970 or after 9999.</exception>
    public byte[] Encode() => Encode(Kind, TimeMs, Tag.Span, Body.Span);

    /// <summary>The CBOR bytes of a leaf of these parts.</summary>
    /// <inheritdoc cref="Encode()" path="/exception"/>
    public static byte[] Encode(string kind, long timeMs, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> body)
    {
        if (WhyImpossible(kind, timeMs, tag.Length, body.Length) is { } reason)
        {
            throw new ArgumentException(reason);
        }

        var length = CborHead.SizeOf(ArrayLength) + CborHead.SizeOf(Version) + CborHead.SizeOf(kind.Length) + kind.Length
            + CborHead.SizeOf(timeMs) + CborHead.SizeOf(tag.Length) + tag.Length + CborHead.SizeOf(body.Length) + body.Length;
        if (length > MaxLength)
        {
            throw new ArgumentException($"A leaf has at most {MaxLength} bytes; this one would have {length}.", nameof(body));
        }

        var bytes = new byte[length];
        var writer = new LeafWriter(bytes);
        writer.Head(CborMajor.Array, ArrayLength);
        writer.Head(CborMajor.UnsignedInteger, Version);
        writer.Text(kind);
        writer.Head(CborMajor.UnsignedInteger, timeMs);
        writer.Bytes(tag);
        writer.Bytes(body);
        return bytes;
    }

    /// <summary>Reads exactly one leaf; refuses non-deterministic CBOR, other versions, trailing bytes and whatever <see cref="Encode()"/> would not write. The leaf shares the memory it was read from.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Leaf leaf)
    {
        leaf = default;
        var reader = new LeafReader(bytes);
        if (bytes.Length > MaxLength
            || !reader.TryHead(CborMajor.Array, out var items) || items != ArrayLength
            || !reader.TryHead(CborMajor.UnsignedInteger, out var version) || version != Version
            || !reader.TryText(LeafKinds.MaxLength, out var kind)
            || !reader.TryHead(CborMajor.UnsignedInteger, out var timeMs)
            || !reader.TryBytes(out var tag)
            || !reader.TryBytes(out var body)
            || !reader.IsAtEnd
            || WhyImpossible(kind, timeMs, tag.Length, body.Length) is not null)
        {
            return false;
        }

        leaf = new Leaf(kind, timeMs, tag, body);
        return true;
    }

    /// <summary>One rule for writer and reader, so that nothing is written which cannot be read back, and P-BLIND holds for whoever writes.</summary>
    private static string? WhyImpossible(string kind, long timeMs, int tagLength, int bodyLength) =>
        !LeafKinds.IsWellFormed(kind) ? "A leaf's kind is '{register}.{event}' in lower case."
        : timeMs is < 0 or > MaxTimeMs ? "A leaf's time is in the years 1970 to 9999."
        : LeafKinds.IsOpen(kind)
            ? tagLength != 0 ? "A leaf of an open kind has no tag."
            : bodyLength == 0 ? "An open leaf holds its record."
            : null
        : tagLength != TagSize ? "A leaf of a sealed kind has a tag of 32 bytes."
        : bodyLength != Commitment.Size ? "A sealed leaf holds a commitment of 32 bytes and nothing else."
        : null;
}
