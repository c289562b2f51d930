using System.Security.Cryptography;
using CsCheck;

namespace DataExchange.Merkle.Tests.Trees;

public class TreeHasherTests
{
    [Fact]
    public void Root_of_the_empty_tree_is_the_hash_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(TreeHasher.EmptyRoot.Bytes));

    [Fact]
    public void Leaf_of_any_length_is_hashed_behind_a_zero_byte() =>
        Gen.OneOf(Gen.Byte.Array[0, 600], Gen.Byte.Array[60_000, 65_535]).Sample(
            entry => Assert.Equal(SHA256.HashData([0, .. entry]), TreeHasher.Leaf(entry).ToArray()), iter: 200);

    [Fact]
    public void Node_is_hashed_behind_a_one_byte() =>
        Gen.Byte.Array[64].Sample(children => Assert.Equal(
            SHA256.HashData([1, .. children]),
            TreeHasher.Node(new MerkleHash(children.AsSpan(0, 32)), new MerkleHash(children.AsSpan(32))).ToArray()));

    // Every length around the ends of blocks, alone and in company of every length: each lane against the system's own SHA-256.
    [Fact]
    public void Many_leaves_are_hashed_as_one_by_one() =>
        Gen.Byte.Array[0, 300].Array[0, 40].Sample(
            entries =>
            {
                var hashes = new MerkleHash[entries.Length];
                TreeHasher.Leaves(entries.Select(entry => (ReadOnlyMemory<byte>)entry).ToArray(), hashes);
                Assert.Equal(entries.Select(entry => new MerkleHash(SHA256.HashData([0, .. entry]))), hashes);
            },
            iter: 2000);

    [Fact]
    public void Many_leaves_of_one_length_are_hashed_as_one_by_one()
    {
        for (var length = 0; length <= 300; length++)
        {
            ReadOnlyMemory<byte>[] entries = [.. Enumerable.Range(0, 19).Select(i => Enumerable.Repeat((byte)((17 * i) + length), length).ToArray())];
            var hashes = new MerkleHash[entries.Length];
            TreeHasher.Leaves(entries, hashes);
            Assert.Equal(entries.Select(entry => new MerkleHash(SHA256.HashData([0, .. entry.Span]))), hashes);
        }
    }

    [Fact]
    public void Many_nodes_are_hashed_as_one_by_one_also_over_their_children() =>
        Gen.Byte.Array[64].Array[0, 40].Sample(pairs =>
        {
            MerkleHash[] children = [.. pairs.SelectMany(pair => new[] { new MerkleHash(pair.AsSpan(0, 32)), new MerkleHash(pair.AsSpan(32)) })];
            MerkleHash[] expected = [.. pairs.Select(pair => new MerkleHash(SHA256.HashData([1, .. pair])))];

            var parents = new MerkleHash[pairs.Length];
            TreeHasher.Nodes(children, parents);
            Assert.Equal(expected, parents);

            TreeHasher.Nodes(children, children.AsSpan(0, pairs.Length));
            Assert.Equal(expected, children[..pairs.Length]);
        });

    [Fact]
    public void Hash_has_one_base64_spelling()
    {
        var text = TreeHasher.EmptyRoot.ToString();
        Assert.True(MerkleHash.TryParse(text, out var hash));
        Assert.Equal(TreeHasher.EmptyRoot, hash);

        // The last character before the padding carries two bits that have to be zero.
        Assert.Equal('U', text[42]);
        Assert.False(MerkleHash.TryParse(text.Replace("U=", "V=", StringComparison.Ordinal), out _));
        Assert.False(MerkleHash.TryParse(text.AsSpan(0, 43), out _));
        Assert.False(MerkleHash.TryParse(" " + text.TrimEnd('='), out _));
    }
}
