using CsCheck;

namespace DataExchange.Merkle.Tests.Trees;

public class TreeExtensionTests
{
    [Fact]
    public void Every_proof_is_the_one_RFC_6962_defines_for_all_small_trees()
    {
        const int largest = 40;
        var entries = NaiveTree.Entries(largest);
        for (var size = 1; size <= largest; size++)
        {
            for (var first = 0; first < size; first++)
            {
                var extension = Extend(entries, first, size);
                Assert.Equal(first, extension.FirstIndex);
                for (var index = first; index < size; index++)
                {
                    Assert.Equal(NaiveTree.Path(index, entries.AsSpan(0, size)), extension.InclusionProof(index));
                }
            }
        }
    }

    [Fact]
    public void Every_proof_of_a_batch_verifies_against_the_new_root() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[1, 1500]).Sample(
            (before, count) =>
            {
                var entries = NaiveTree.Entries(before + count);
                var extension = Extend(entries, before, entries.Length);
                var root = NaiveTree.Root(entries);
                Assert.Equal(root, extension.After.Root());
                for (var index = before; index < entries.Length; index++)
                {
                    Assert.True(ProofVerifier.Inclusion(index, entries.Length, TreeHasher.Leaf(entries[index]), extension.InclusionProof(index), root));
                }
            },
            iter: 20);

    [Fact]
    public void Proofs_hold_above_a_range_of_any_size() =>
        Gen.Select(Gen.Long[0, long.MaxValue - 100], Gen.Int[1, 100]).Sample(
            (before, count) =>
            {
                var extension = Uniform.Range(before).Extend([.. Enumerable.Repeat(Uniform.Leaf, count)]);
                Assert.Equal(Uniform.Root(before + count), extension.After.Root());
                Assert.Equal(Uniform.Range(before + count).ToBytes(), extension.After.ToBytes());
                for (var index = before; index < before + count; index++)
                {
                    Assert.True(ProofVerifier.Inclusion(index, before + count, Uniform.Leaf, extension.InclusionProof(index), extension.After.Root()));
                }
            },
            iter: 100);

    [Fact]
    public void Leaves_outside_the_batch_have_no_proof_here()
    {
        var extension = Extend(NaiveTree.Entries(10), 4, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => extension.InclusionProof(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => extension.InclusionProof(10));
    }

    [Fact]
    public void Empty_batch_changes_nothing()
    {
        var extension = Extend(NaiveTree.Entries(10), 10, 10);
        Assert.Equal(10, extension.After.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => extension.InclusionProof(10));
    }

    private static TreeExtension Extend(byte[][] entries, int first, int size)
    {
        var hashes = entries.Select(entry => TreeHasher.Leaf(entry)).ToArray();
        return CompactRange.Empty.Extend(hashes[..first]).After.Extend(hashes[first..size]);
    }
}
