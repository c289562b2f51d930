using System.Text;

namespace DataExchange.Adapters.Files;

/// <summary>The encodings of drop files, all strict: a byte that does not belong refuses the file instead of becoming a question mark.</summary>
public static class FileEncodings
{
    /// <summary>UTF-8.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>GB 18030, and so also GBK and GB 2312.</summary>
    public static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static ReadOnlySpan<byte> Gb18030Mark => [0x84, 0x31, 0x95, 0x33];

    /// <summary>The encoding that a byte order mark announces and the mark's length, or null and 0.</summary>
    public static (Encoding? Encoding, int Length) Announced(ReadOnlySpan<byte> start) =>
        start.StartsWith(Encoding.UTF8.Preamble) ? (Utf8, Encoding.UTF8.Preamble.Length)
        : start.StartsWith(Gb18030Mark) ? (Gb18030, Gb18030Mark.Length)
        : (null, 0);
}
