using CsCheck;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Notes;

public class TlogProofTests
{
    private static readonly MerkleHash[] Leaves = NaiveTree.LeafHashes(7);
    private static readonly TreeExtension Tree = CompactRange.Empty.Extend(Leaves);
    private static readonly string Note = new Checkpoint(Keys.Origin, 7, Tree.After.Root()).Sign(Keys.Log);

    [Fact]
    public void Text_is_header_index_hashes_blank_line_and_checkpoint()
    {
        var proof = Prove(2);
        Assert.Equal($"c2sp.org/tlog-proof@v1\nindex 2\n{proof.Hashes[0]}\n{proof.Hashes[1]}\n{proof.Hashes[2]}\n\n{Note}", proof.ToText());
    }

    [Fact]
    public void Proof_of_the_only_leaf_has_no_hashes()
    {
        var note = new Checkpoint(Keys.Origin, 1, Leaves[0]).Sign(Keys.Log);
        var text = new TlogProof(0, [], note).ToText();
        Assert.Equal($"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}", text);
        Assert.True(TlogProof.TryParse(text, out var proof));
        Assert.True(proof.Verify(Leaves[0], Keys.Log.Verifier, out _));
    }

    [Fact]
    public void Every_leaf_is_proved_and_no_other_leaf_is()
    {
        for (var index = 0; index < Leaves.Length; index++)
        {
            Assert.True(TlogProof.TryParse(Prove(index).ToText(), out var proof));
            Assert.True(proof.Verify(Leaves[index], Keys.Log.Verifier, out var checkpoint));
            Assert.Equal(7, checkpoint.Size);
            Assert.False(proof.Verify(Leaves[(index + 1) % 7], Keys.Log.Verifier, out checkpoint));
            Assert.Null(checkpoint);
            Assert.False(proof.Verify(Leaves[index], Keys.OtherLog.Verifier, out _));
        }
    }

    [Fact]
    public void Flipping_any_bit_of_the_text_breaks_the_proof()
    {
        var text = Prove(4).ToText();
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 6]).Sample(
            (place, bit) =>
            {
                var broken = text.ToCharArray();
                broken[place] = (char)(broken[place] ^ (1 << bit));
                Assert.False(TlogProof.TryParse(new string(broken), out var proof) && proof.Verify(Leaves[4], Keys.Log.Verifier, out _));
            },
            iter: 1000);
    }

    [Fact]
    public void Size_of_the_checkpoint_cannot_be_exchanged()
    {
        var other = Note.Replace("\n7\n", "\n6\n", StringComparison.Ordinal);
        Assert.False((Prove(4) with { CheckpointNote = other }).Verify(Leaves[4], Keys.Log.Verifier, out _));
    }

    [Fact]
    public void Extra_line_is_kept_and_proves_nothing()
    {
        var text = (Prove(3) with { Extra = new byte[] { 1, 2, 3 } }).ToText();
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nextra AQID\nindex 3\n", text, StringComparison.Ordinal);
        Assert.True(TlogProof.TryParse(text, out var proof));
        Assert.Equal([1, 2, 3], proof.Extra?.ToArray());
        Assert.Equal(text, proof.ToText());
        Assert.True(proof.Verify(Leaves[3], Keys.Log.Verifier, out _));
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2")]
    [InlineData("c2sp.org/tlog-proof@v1\n", "")]
    [InlineData("index 2", "index 02")]
    [InlineData("index 2", "index -2")]
    [InlineData("index 2", "index 9223372036854775808")]
    [InlineData("index 2", "index")]
    [InlineData("index 2", "Index 2")]
    [InlineData("index 2", "index  2")]
    [InlineData("index 2\n", "")]
    [InlineData("index 2\n", "index 2\n\n")]
    [InlineData("index 2\n", "index 2\nAQID\n")]
    [InlineData("index 2\n", "index 2\nextra AQID\n")]
    [InlineData("index 2\n", "extra AQID\nextra AQID\nindex 2\n")]
    [InlineData("index 2\n", "extra !\nindex 2\n")]
    [InlineData("\n\ndemo", "\n\n\ndemo")]
    public void Malformed_proofs_are_refused(string from, string to)
    {
        var text = Prove(2).ToText();
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.False(TlogProof.TryParse(text.Replace(from, to, StringComparison.Ordinal), out var proof) && proof.Verify(Leaves[2], Keys.Log.Verifier, out _));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Path_is_no_longer_than_a_tree_is_high(int hashes, bool accepted) =>
        Assert.Equal(accepted, TlogProof.TryParse(new TlogProof(0, [.. Enumerable.Repeat(Leaves[0], hashes)], Note).ToText(), out _));

    private static TlogProof Prove(long index) => new(index, Tree.InclusionProof(index), Note);
}
