using CsCheck;

namespace DataExchange.Merkle.Tests.Trees;

public class ProofVerifierTests
{
    [Fact]
    public void Every_proof_RFC_6962_defines_is_accepted_for_all_small_trees()
    {
        const int largest = 34;
        var entries = NaiveTree.Entries(largest);
        for (var size = 1; size <= largest; size++)
        {
            var root = NaiveTree.Root(entries.AsSpan(0, size));
            for (var other = 0; other < size; other++)
            {
                var inclusion = NaiveTree.Path(other, entries.AsSpan(0, size));
                Assert.True(ProofVerifier.Inclusion(other, size, TreeHasher.Leaf(entries[other]), inclusion, root));

                var consistency = other == 0 ? [] : NaiveTree.Proof(other, entries.AsSpan(0, size));
                Assert.True(ProofVerifier.Consistency(other, size, NaiveTree.Root(entries.AsSpan(0, other)), root, consistency));
            }
        }
    }

    [Fact]
    public void Inclusion_proof_with_anything_changed_is_rejected() =>
        (from size in Gen.Int[1, 300]
         from index in Gen.Int[0, size - 1]
         from other in Gen.Int[0, size + 1].Where(i => i != index)
         from place in Gen.Int[0, 20]
         from bit in Gen.Int[0, 255]
         select (size, index, other, place, bit)).Sample(
            x =>
            {
                var entries = NaiveTree.Entries(x.size);
                var leaf = TreeHasher.Leaf(entries[x.index]);
                var proof = NaiveTree.Path(x.index, entries);
                var root = NaiveTree.Root(entries);
                Assert.True(ProofVerifier.Inclusion(x.index, x.size, leaf, proof, root));

                Assert.False(ProofVerifier.Inclusion(x.other, x.size, leaf, proof, root));
                Assert.False(ProofVerifier.Inclusion(-1 - x.index, x.size, leaf, proof, root));
                Assert.False(ProofVerifier.Inclusion(x.index, x.size, Flip(leaf, x.bit), proof, root));
                Assert.False(ProofVerifier.Inclusion(x.index, x.size, leaf, proof, Flip(root, x.bit)));
                Assert.All(Broken(proof, x.place, x.bit), broken => Assert.False(ProofVerifier.Inclusion(x.index, x.size, leaf, broken, root)));
            },
            iter: 300);

    [Fact]
    public void Consistency_proof_with_anything_changed_is_rejected() =>
        (from size in Gen.Int[2, 300]
         from old in Gen.Int[1, size - 1]
         from place in Gen.Int[0, 20]
         from bit in Gen.Int[0, 255]
         select (size, old, place, bit)).Sample(
            x =>
            {
                var entries = NaiveTree.Entries(x.size);
                var (oldRoot, newRoot) = (NaiveTree.Root(entries.AsSpan(0, x.old)), NaiveTree.Root(entries));
                var proof = NaiveTree.Proof(x.old, entries);
                Assert.True(ProofVerifier.Consistency(x.old, x.size, oldRoot, newRoot, proof));

                Assert.False(ProofVerifier.Consistency(x.size, x.old, newRoot, oldRoot, proof));
                Assert.False(ProofVerifier.Consistency(-x.old, x.size, oldRoot, newRoot, proof));
                Assert.False(ProofVerifier.Consistency(x.old, x.size, Flip(oldRoot, x.bit), newRoot, proof));
                Assert.False(ProofVerifier.Consistency(x.old, x.size, oldRoot, Flip(newRoot, x.bit), proof));
                Assert.False(ProofVerifier.Consistency(0, x.size, oldRoot, newRoot, proof));
                Assert.All(
                    Broken(proof, x.place, x.bit),
                    broken => Assert.False(ProofVerifier.Consistency(x.old, x.size, oldRoot, newRoot, broken)));
            },
            iter: 300);

    [Fact]
    public void Every_tree_extends_the_empty_tree_by_an_empty_proof_and_no_other()
    {
        var root = NaiveTree.Root(NaiveTree.Entries(5));
        Assert.True(ProofVerifier.Consistency(0, 5, TreeHasher.EmptyRoot, root, []));
        Assert.True(ProofVerifier.Consistency(0, 0, TreeHasher.EmptyRoot, TreeHasher.EmptyRoot, []));
        Assert.False(ProofVerifier.Consistency(0, 5, root, root, []));
        Assert.False(ProofVerifier.Consistency(0, 0, root, root, []));
        Assert.False(ProofVerifier.Consistency(0, 5, TreeHasher.EmptyRoot, root, [root]));
    }

    [Fact]
    public void Same_size_means_same_root()
    {
        var (one, other) = (TreeHasher.Leaf("1"u8), TreeHasher.Leaf("2"u8));
        Assert.True(ProofVerifier.Consistency(7, 7, one, one, []));
        Assert.False(ProofVerifier.Consistency(7, 7, one, other, []));
        Assert.False(ProofVerifier.Consistency(7, 7, one, one, [one]));
    }

    /// <summary>A flipped bit, a hash less, a hash more, two swapped.</summary>
    private static IEnumerable<MerkleHash[]> Broken(MerkleHash[] proof, int place, int bit)
    {
        yield return [.. proof, TreeHasher.EmptyRoot];
        yield return [TreeHasher.EmptyRoot, .. proof];
        if (proof.Length == 0)
        {
            yield break;
        }

        place %= proof.Length;
        yield return [.. proof[..place], Flip(proof[place], bit), .. proof[(place + 1)..]];
        yield return [.. proof[..place], .. proof[(place + 1)..]];
        if (place > 0)
        {
            yield return [.. proof[..(place - 1)], proof[place], proof[place - 1], .. proof[(place + 1)..]];
        }
    }

    private static MerkleHash Flip(MerkleHash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new MerkleHash(bytes);
    }
}
