using System.Buffers;
using System.Buffers.Binary;

namespace DataExchange.Merkle;

/// <summary>A C2SP tlog-tiles entry bundle: <c>u16be length ‖ entry</c>, repeated, at most 256.</summary>
public static class EntryBundle
{
    /// <summary>Largest entry in bytes.</summary>
    public const int MaxEntryLength = ushort.MaxValue;

    /// <summary>Appends one entry.</summary>
    /// <exception cref="ArgumentException">The entry is longer than <see cref="MaxEntryLength"/>.</exception>
    public static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> entry)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (entry.Length > MaxEntryLength)
        {
            throw new ArgumentException($"An entry has at most {MaxEntryLength} bytes, not {entry.Length}.", nameof(entry));
        }

        var span = writer.GetSpan(sizeof(ushort) + entry.Length);
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)entry.Length);
        entry.CopyTo(span[sizeof(ushort)..]);
        writer.Advance(sizeof(ushort) + entry.Length);
    }

    /// <summary>Splits without copying.</summary>
    /// <exception cref="FormatException">The bytes end inside an entry, or there are more than 256 entries.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bundle)
    {
        var entries = new ReadOnlyMemory<byte>[TileId.FullWidth];
        return entries[..Split(bundle, entries)];
    }

    /// <summary>The same into memory of the caller's, of 256 places; returns how many entries there are.</summary>
    /// <inheritdoc cref="Split(ReadOnlyMemory{byte})" path="/exception"/>
    public static int Split(ReadOnlyMemory<byte> bundle, Span<ReadOnlyMemory<byte>> entries)
    {
        var bytes = bundle.Span;
        var count = 0;
        for (var at = 0; at < bytes.Length; count++)
        {
            var start = at + sizeof(ushort);
            if (!BinaryPrimitives.TryReadUInt16BigEndian(bytes[at..], out var length) || bytes.Length - start < length)
            {
                throw new FormatException($"The bundle ends inside entry {count}.");
            }

            if (count == TileId.FullWidth)
            {
                throw new FormatException($"The bundle holds more than {TileId.FullWidth} entries.");
            }

            entries[count] = bundle.Slice(start, length);
            at = start + length;
        }

        return count;
    }
}
