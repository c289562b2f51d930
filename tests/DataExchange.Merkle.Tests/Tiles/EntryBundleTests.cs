using System.Buffers;
using CsCheck;

namespace DataExchange.Merkle.Tests.Tiles;

public class EntryBundleTests
{
    [Fact]
    public void Entries_come_back_as_they_went_in() =>
        Gen.Byte.Array[0, 300].Array[0, 256].Sample(
            entries => Assert.Equal(entries, EntryBundle.Split(Bundle(entries)).Select(e => e.ToArray())), iter: 50);

    [Fact]
    public void Entry_stands_behind_its_big_endian_length() =>
        Assert.Equal([0, 0, 0, 2, 7, 8], Bundle([[], [7, 8]]).ToArray());

    [Fact]
    public void Longest_entry_fits_and_a_longer_one_is_refused()
    {
        Assert.Single(EntryBundle.Split(Bundle([new byte[EntryBundle.MaxEntryLength]])));
        Assert.Throws<ArgumentException>(() => Bundle([new byte[EntryBundle.MaxEntryLength + 1]]));
    }

    [Fact]
    public void Bundle_cut_off_inside_an_entry_is_refused() =>
        Gen.Byte.Array[1, 20].Array[1, 5].Sample(
            entries =>
            {
                var bundle = Bundle(entries);
                var last = entries[^1].Length + 2;
                for (var cut = 1; cut < last; cut++)
                {
                    Assert.Throws<FormatException>(() => EntryBundle.Split(bundle[..^cut]));
                }
            },
            iter: 50);

    [Fact]
    public void Entry_257_is_refused() =>
        Assert.Throws<FormatException>(() => EntryBundle.Split(Bundle([.. Enumerable.Repeat(Array.Empty<byte>(), 257)])));

    private static ReadOnlyMemory<byte> Bundle(byte[][] entries)
    {
        var writer = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            EntryBundle.Write(writer, entry);
        }

        return writer.WrittenMemory;
    }
}
