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
        var entries = new List<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(bundle.Span, out var length) || bundle.Length < sizeof(ushort) + length)
            {
                throw new FormatException($"The bundle ends inside entry {entries.Count}.");
            }

            if (entries.Count == TileId.FullWidth)
            {
                throw new FormatException($"The bundle holds more than {TileId.FullWidth} entries.");
            }

            entries.Add(bundle.Slice(sizeof(ushort), length));
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return entries;
    }
}
