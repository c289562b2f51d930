using CsCheck;

namespace DataExchange.Merkle.Tests.Trees;

public class CompactRangeTests
{
    [Fact]
    public void Root_is_that_of_the_whole_tree_however_the_leaves_were_batched() =>
        Gen.Int[0, 90].Array[0, 12].Sample(
            batches =>
            {
                var range = CompactRange.Empty;
                var entries = NaiveTree.Entries(batches.Sum());
                foreach (var batch in batches)
                {
                    range = range.Extend([.. entries.Skip((int)range.Size).Take(batch).Select(entry => TreeHasher.Leaf(entry))]).After;
                }

                Assert.Equal(entries.Length, range.Size);
                Assert.Equal(NaiveTree.Root(entries), range.Root());
            },
            iter: 100);

    [Fact]
    public void Range_survives_its_bytes() =>
        Gen.Int[0, 3000].Sample(
            size =>
            {
                var range = CompactRange.Empty.Extend(NaiveTree.LeafHashes(size)).After;
                var again = CompactRange.FromBytes(size, range.ToBytes());
                Assert.Equal(range.Root(), again.Root());
                Assert.Equal(range.ToBytes(), again.ToBytes());
            },
            iter: 50);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(-1, 64 * 32)]
    [InlineData(0, 32)]
    [InlineData(3, 32)]
    [InlineData(3, 63)]
    [InlineData(3, 65)]
    [InlineData(4, 64)]
    public void Bytes_that_do_not_fit_the_size_are_refused(long size, int length) =>
        Assert.Throws<FormatException>(() => CompactRange.FromBytes(size, new byte[length]));

    [Fact]
    public void Size_does_not_overflow()
    {
        var full = CompactRange.FromBytes(long.MaxValue, new byte[63 * 32]);
        Assert.Throws<OverflowException>(() => full.Extend(NaiveTree.LeafHashes(1)));
    }
}
