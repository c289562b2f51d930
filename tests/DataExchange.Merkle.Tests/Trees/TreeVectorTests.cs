using System.Globalization;
using DataExchange.Merkle.Tests.Tiles;

namespace DataExchange.Merkle.Tests.Trees;

/// <summary>Roots and proofs as another implementation made them: ours are the same, and ours accepts them.</summary>
public class TreeVectorTests
{
    [Fact]
    public async Task Root_of_every_size_is_the_known_one()
    {
        foreach (var vector in Vectors.Read<RootVectors>("tree/roots.json").Roots)
        {
            var size = Number(vector.Size);
            var root = CompactRange.Empty.Extend(CountingLog.LeafHashes[..(int)size]).After.Root();
            Assert.Equal(vector.Root, root.ToString());
            Assert.Equal(root, await CountingLog.Tree.RootAsync(size, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Inclusion_proof_is_the_known_one()
    {
        foreach (var vector in Vectors.Read<InclusionVectors>("tree/inclusion.json").Proofs)
        {
            Assert.Equal(vector.LeafHash, CountingLog.LeafHashes[Number(vector.Index)].ToString());
            await IsKnownAsync(CountingLog.Tree, vector);
        }
    }

    [Fact]
    public async Task Consistency_proof_is_the_known_one()
    {
        foreach (var vector in Vectors.Read<ConsistencyVectors>("tree/consistency.json").Proofs)
        {
            await IsKnownAsync(CountingLog.Tree, vector);
        }
    }

    [Fact]
    public async Task Trees_of_sizes_that_nobody_can_hash_have_the_known_roots_and_proofs()
    {
        var vectors = Vectors.Read<UniformVectors>("tree/uniform.json");
        foreach (var vector in vectors.Roots)
        {
            var size = Number(vector.Size);
            Assert.Equal(vector.Root, (await new TileTree(new UniformTiles(size)).RootAsync(size, TestContext.Current.CancellationToken)).ToString());
        }

        foreach (var vector in vectors.Inclusion)
        {
            Assert.Equal(vector.LeafHash, Uniform.Leaf.ToString());
            await IsKnownAsync(new TileTree(new UniformTiles(Number(vector.Size))), vector);
        }

        foreach (var vector in vectors.Consistency)
        {
            await IsKnownAsync(new TileTree(new UniformTiles(Number(vector.NewSize))), vector);
        }
    }

    private static async Task IsKnownAsync(TileTree tree, Inclusion vector)
    {
        var (index, size, proof) = (Number(vector.Index), Number(vector.Size), Hashes(vector.Proof));
        Assert.Equal(proof, await tree.InclusionProofAsync(index, size, TestContext.Current.CancellationToken));
        Assert.True(ProofVerifier.Inclusion(index, size, Hash(vector.LeafHash), proof, Hash(vector.Root)));
    }

    private static async Task IsKnownAsync(TileTree tree, Consistency vector)
    {
        var (oldSize, newSize, proof) = (Number(vector.OldSize), Number(vector.NewSize), Hashes(vector.Proof));
        Assert.Equal(proof, await tree.ConsistencyProofAsync(oldSize, newSize, TestContext.Current.CancellationToken));
        Assert.True(ProofVerifier.Consistency(oldSize, newSize, Hash(vector.OldRoot), Hash(vector.NewRoot), proof));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static MerkleHash[] Hashes(string[] proof) => [.. proof.Select(Hash)];

    private static MerkleHash Hash(string base64)
    {
        Assert.True(MerkleHash.TryParse(base64, out var hash));
        return hash;
    }

    private sealed record Inclusion(string Index, string Size, string LeafHash, string Root, string[] Proof);

    private sealed record Consistency(string OldSize, string NewSize, string OldRoot, string NewRoot, string[] Proof);

    private sealed record RootVectors(RootVector[] Roots);

    private sealed record RootVector(string Size, string Root);

    private sealed record InclusionVectors(Inclusion[] Proofs);

    private sealed record ConsistencyVectors(Consistency[] Proofs);

    private sealed record UniformVectors(RootVector[] Roots, Inclusion[] Inclusion, Consistency[] Consistency);
}
