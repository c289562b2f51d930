using System.Buffers;
using System.Buffers.Binary;
using System.Reflection;
using DataExchange.TransparencyLog;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace DataExchange.Enforcement.Compression;

/// <summary>
/// Records as a sealed record of version 2 packs them: <c>dictionary (1) ‖ u32be length ‖ Zstandard frame</c>. Records are short and
/// alike, so a dictionary that both sides know makes them a fifth as long; see <c>contracts/log-format.md</c>.
/// </summary>
internal static class RecordCompression
{
    private const byte DictionaryId = 1;
    private const int FrameAt = 1 + sizeof(uint);
    private const int Level = 1;

    private static readonly byte[] Dictionary = LoadDictionary();

    // A context serves one caller at a time and costs far more to make than a record costs to pack.
    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    /// <summary>The longest record: what is packed is unpacked, whatever else may change.</summary>
    private const int MaxLength = LogEntry.MaxSealedLength;

    /// <summary>Packs a record; false when that would not make it shorter, or nobody would unpack it. The buffer is rented, holds the record's bytes in another form, and goes back with <see cref="Return"/>.</summary>
    public static bool TryPack(ReadOnlySpan<byte> record, out byte[] rented, out int length)
    {
        (rented, length) = ([], 0);
        if (record.Length > MaxLength)
        {
            return false;
        }

        rented = ArrayPool<byte>.Shared.Rent(FrameAt + Compressor.GetCompressBound(record.Length));
        var compressor = _compressor ??= MakeCompressor();
        if (!compressor.TryWrap(record, rented.AsSpan(FrameAt), out var frame) || FrameAt + frame >= record.Length)
        {
            Return(rented);
            return false;
        }

        rented[0] = DictionaryId;
        BinaryPrimitives.WriteUInt32BigEndian(rented.AsSpan(1), (uint)record.Length);
        length = FrameAt + frame;
        return true;
    }

    public static void Return(byte[] rented) => ArrayPool<byte>.Shared.Return(rented, clearArray: true);

    /// <summary>
    /// Unpacks a record. Null for another dictionary, a frame that is not one, and a length that is not the frame's. No more is
    /// allocated than the longest sealed record may have, whatever the bytes say.
    /// </summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < FrameAt || packed[0] != DictionaryId || BinaryPrimitives.ReadUInt32BigEndian(packed[1..]) is var length && length > MaxLength)
        {
            return null;
        }

        var record = new byte[length];
        try
        {
            var decompressor = _decompressor ??= MakeDecompressor();
            return decompressor.TryUnwrap(packed[FrameAt..], record, out var written) && written == record.Length ? record : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }

    // The frame says neither its length nor its dictionary: both stand before it.
    private static Compressor MakeCompressor()
    {
        var compressor = new Compressor(Level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_dictIDFlag, 0);
        compressor.LoadDictionary(Dictionary);
        return compressor;
    }

    private static Decompressor MakeDecompressor()
    {
        var decompressor = new Decompressor();
        decompressor.LoadDictionary(Dictionary);
        return decompressor;
    }

    private static byte[] LoadDictionary()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sealed-record-1.dict")
            ?? throw new InvalidOperationException("The dictionary of sealed records is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
