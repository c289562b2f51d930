using System.Buffers.Binary;

namespace DataExchange.Cli.Fsck;

/// <summary>Length-prefixed items, as the columns of a batch hold them.</summary>
internal static class StoredItems
{
    /// <summary><c>u16be length ‖ item</c>, repeated; null when the bytes end inside an item.</summary>
    public static List<ReadOnlyMemory<byte>>? SplitU16(ReadOnlyMemory<byte> bytes) =>
        Split(bytes, sizeof(ushort), static span => BinaryPrimitives.ReadUInt16BigEndian(span));

    /// <summary><c>u32be length ‖ item</c>, repeated; null when the bytes end inside an item.</summary>
    public static List<ReadOnlyMemory<byte>>? SplitU32(ReadOnlyMemory<byte> bytes) =>
        Split(bytes, sizeof(uint), static span => BinaryPrimitives.ReadUInt32BigEndian(span));

    private static List<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> bytes, int prefix, Func<ReadOnlySpan<byte>, long> read)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < prefix || read(bytes.Span) is var length && bytes.Length - prefix < length)
            {
                return null;
            }

            items.Add(bytes.Slice(prefix, (int)length));
            bytes = bytes[(prefix + (int)length)..];
        }

        return items;
    }
}
