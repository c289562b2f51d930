using System.Buffers.Binary;
using System.Text;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// The bytes that stand for a subject id: <c>u16be length ‖ scheme ‖ u16be length ‖ value</c>, both in UTF-8. The lengths keep two
/// ids apart that would otherwise run into the same text.
/// </summary>
/// <remarks>
/// What belongs to a scheme (check digits, case, full-width forms) is judged where requests are parsed: here, another
/// spelling is another subject.
/// </remarks>
public static class CanonicalSubjectId
{
    /// <summary>Longest scheme in bytes of UTF-8.</summary>
    public const int MaxSchemeLength = 64;

    /// <summary>Longest value in bytes of UTF-8.</summary>
    public const int MaxValueLength = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A part is empty, too long or not Unicode text.</exception>
    public static byte[] Encode(SubjectRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var scheme = Part(subject.Scheme, MaxSchemeLength);
        var value = Part(subject.Value, MaxValueLength);

        var bytes = new byte[2 * sizeof(ushort) + scheme.Length + value.Length];
        var rest = Append(bytes, scheme);
        Append(rest, value);
        return bytes;
    }

    private static Span<byte> Append(Span<byte> destination, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)part.Length);
        part.CopyTo(destination[sizeof(ushort)..]);
        return destination[(sizeof(ushort) + part.Length)..];
    }

    // The messages name the limit and never the text: it is personal data, and exceptions are logged.
    private static byte[] Part(string text, int maxLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength)
        {
            throw new ArgumentException($"A part of a subject id has 1 to {maxLength} bytes.");
        }

        byte[] bytes;
        try
        {
            bytes = StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            // Not kept as the inner exception: its message quotes the text.
            throw new ArgumentException("A part of a subject id is not Unicode text.");
        }

        return bytes.Length <= maxLength ? bytes : throw new ArgumentException($"A part of a subject id has 1 to {maxLength} bytes.");
    }
}
