using CsCheck;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Tiles;

public class TileTreeTests
{
    private const int Large = 70_000;
    private static readonly MerkleHash[] Leaves = NaiveTree.LeafHashes(Large);
    private static readonly TileTree LargeTree = new(MemoryTiles.Of(Leaves, servesNarrower: true));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Roots_and_proofs_are_those_RFC_6962_defines()
    {
        var entries = NaiveTree.Entries(600);
        foreach (var size in new[] { 1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 600 })
        {
            var upTo = entries[..size];
            var tree = new TileTree(MemoryTiles.Of(Leaves[..size]));
            Assert.Equal(NaiveTree.Root(upTo), await tree.RootAsync(size, Token));
            foreach (var other in Enumerable.Range(0, 20).Select(i => i * size / 20).Distinct())
            {
                Assert.Equal(NaiveTree.Path(other, upTo), await tree.InclusionProofAsync(other, size, Token));
                Assert.Equal(other == 0 ? [] : NaiveTree.Proof(other, upTo), await tree.ConsistencyProofAsync(other, size, Token));
            }
        }
    }

    [Fact]
    public Task Tiles_of_a_size_serve_every_smaller_size() =>
        Gen.Select(Gen.Int[1, Large], Gen.Int[0, Large]).SampleAsync(
            async (size, index) =>
            {
                index %= size;
                var root = await LargeTree.RootAsync(size, Token);
                Assert.Equal(CompactRange.Empty.Extend(Leaves[..size]).After.Root(), root);
                Assert.True(ProofVerifier.Inclusion(index, size, Leaves[index], await LargeTree.InclusionProofAsync(index, size, Token), root));
            },
            iter: 12);

    [Fact]
    public Task Every_proof_in_a_large_tree_verifies() =>
        Gen.Select(Gen.Int[0, Large - 1], Gen.Int[1, Large]).SampleAsync(
            async (index, old) =>
            {
                var root = await LargeTree.RootAsync(Large, Token);
                Assert.True(ProofVerifier.Inclusion(index, Large, Leaves[index], await LargeTree.InclusionProofAsync(index, Large, Token), root));

                var oldRoot = CompactRange.Empty.Extend(Leaves[..old]).After.Root();
                Assert.True(ProofVerifier.Consistency(old, Large, oldRoot, root, await LargeTree.ConsistencyProofAsync(old, Large, Token)));
            },
            iter: 15);

    [Fact]
    public Task Proofs_hold_at_any_size() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Int[0, 62], Gen.Long[0, long.MaxValue]).SampleAsync(
            async (size, shift, other) =>
            {
                size = Math.Max(1, size >> shift);
                other %= size;
                var tree = new TileTree(new UniformTiles(size));
                var root = await tree.RootAsync(size, Token);
                Assert.Equal(Uniform.Root(size), root);
                Assert.True(ProofVerifier.Inclusion(other, size, Uniform.Leaf, await tree.InclusionProofAsync(other, size, Token), root));
                Assert.True(ProofVerifier.Consistency(other, size, Uniform.Root(other), root, await tree.ConsistencyProofAsync(other, size, Token)));
            },
            iter: 200);

    [Fact]
    public Task Proofs_of_a_batch_and_of_the_tiles_are_the_same() =>
        Gen.Select(Gen.Int[0, 1200], Gen.Int[1, 700]).SampleAsync(
            async (before, count) =>
            {
                var size = before + count;
                var extension = CompactRange.Empty.Extend(Leaves[..before]).After.Extend(Leaves[before..size]);
                var tree = new TileTree(MemoryTiles.Of(Leaves[..size]));
                for (var index = before; index < size; index += 1 + (count / 10))
                {
                    Assert.Equal(extension.InclusionProof(index), await tree.InclusionProofAsync(index, size, Token));
                }
            },
            iter: 12);

    [Fact]
    public async Task Full_tile_stands_in_for_a_partial_one_that_was_dropped()
    {
        var onlyFull = new TileTree(MemoryTiles.Of(Leaves[..512], partialTiles: false));
        var proof = await onlyFull.InclusionProofAsync(7, 200, Token);
        Assert.Equal(CompactRange.Empty.Extend(Leaves[..200]).After.Root(), await onlyFull.RootAsync(200, Token));
        Assert.Equal(CompactRange.Empty.Extend(Leaves[..200]).InclusionProof(7), proof);
    }

    [Fact]
    public async Task Missing_tile_is_named()
    {
        var tiles = MemoryTiles.Of(Leaves[..600]);
        tiles.Remove(new TileId(0, 2, 88));
        var error = await Assert.ThrowsAsync<TileUnavailableException>(async () => await new TileTree(tiles).RootAsync(600, Token));
        Assert.Equal(new TileId(0, 2, 88), error.Tile);
    }

    [Theory]
    [InlineData(88 * 32 - 1)]
    [InlineData(89 * 32)]
    [InlineData(0)]
    public async Task Tile_of_the_wrong_length_is_refused(int length)
    {
        var tiles = MemoryTiles.Of(Leaves[..600]);
        tiles.Put(new TileId(0, 2, 88), new byte[length]);
        await Assert.ThrowsAsync<TileUnavailableException>(async () => await new TileTree(tiles).RootAsync(600, Token));
    }

    [Fact]
    public async Task What_does_not_exist_has_no_proof()
    {
        Assert.Equal(TreeHasher.EmptyRoot, await LargeTree.RootAsync(0, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LargeTree.RootAsync(-1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LargeTree.InclusionProofAsync(5, 5, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LargeTree.InclusionProofAsync(-1, 5, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LargeTree.ConsistencyProofAsync(6, 5, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await LargeTree.ConsistencyProofAsync(-1, 5, Token));
    }
}
