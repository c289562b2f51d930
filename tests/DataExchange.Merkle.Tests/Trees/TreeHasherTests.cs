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
