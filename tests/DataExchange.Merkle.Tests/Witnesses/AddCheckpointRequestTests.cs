using System.Text;
using DataExchange.Merkle.Tests.Notes;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Witnesses;

public class AddCheckpointRequestTests
{
    /// <summary>The example of C2SP tlog-witness.</summary>
    private const string Example = """
        old 20852014
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=

        """;

    private static readonly MerkleHash[] Leaves = NaiveTree.LeafHashes(7);
    private static readonly string Note = new Checkpoint(Keys.Origin, 7, CompactRange.Empty.Extend(Leaves).After.Root()).Sign(Keys.Log);

    [Fact]
    public void Example_of_the_specification_reads_and_writes_byte_for_byte()
    {
        Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(Example), out var request));
        Assert.Equal(20852014, request.OldSize);
        Assert.Equal(4, request.Proof.Count);
        Assert.Equal("5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=", request.Proof[2].ToString());
        Assert.StartsWith("example.com/behind-the-sofa\n20852163\n", request.Checkpoint, StringComparison.Ordinal);
        Assert.Equal(Example, request.ToText());
    }

    [Fact]
    public void First_submission_has_no_proof() =>
        Assert.Equal($"old 0\n\n{Note}", new AddCheckpointRequest(0, [], Note).ToText());

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(200, false)]
    public void Proof_has_at_most_63_lines(int hashes, bool accepted) => Assert.Equal(
        accepted,
        AddCheckpointRequest.TryParse(new AddCheckpointRequest(3, [.. Enumerable.Repeat(Leaves[0], hashes)], Note).ToText(), out _));

    [Theory]
    [InlineData("old 3", "old 03")]
    [InlineData("old 3", "old -3")]
    [InlineData("old 3", "old +3")]
    [InlineData("old 3", "old  3")]
    [InlineData("old 3", "old 3 ")]
    [InlineData("old 3", "old 3\r")]
    [InlineData("old 3", "Old 3")]
    [InlineData("old 3", "old")]
    [InlineData("old 3", "old ")]
    [InlineData("old 3", " old 3")]
    [InlineData("old 3", "old 9223372036854775808")]
    [InlineData("old 3\n", "")]
    [InlineData("old 3\n", "old 3\n\n")]
    [InlineData("old 3\n", "old 3\nold 3\n")]
    [InlineData("=\n\n", "\n\n")]
    [InlineData("=\n\n", "==\n\n")]
    [InlineData("=\n\n", "=\n \n")]
    [InlineData("=\n\n", "=\n")]
    [InlineData("\n\ndemo", "\n\n\ndemo")]
    [InlineData("\n7\n", "\n07\n")]
    public void Malformed_bodies_are_refused(string from, string to)
    {
        var text = new AddCheckpointRequest(3, [Leaves[0], Leaves[1]], Note).ToText();
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.False(AddCheckpointRequest.TryParse(text.Replace(from, to, StringComparison.Ordinal), out _));
    }

    [Fact]
    public void Checkpoint_without_a_signature_is_refused() =>
        Assert.False(AddCheckpointRequest.TryParse($"old 0\n\n{Note[..Note.IndexOf('\u2014', StringComparison.Ordinal)]}", out _));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.False(AddCheckpointRequest.TryParse([.. "old 0\n\n"u8, 0xC3, .. Encoding.UTF8.GetBytes(Note)], out _));

    [Fact]
    public void Path_of_a_log_is_the_hash_of_its_origin() => Assert.Equal(
        $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("demo.example/access"u8))}/checkpoint",
        WitnessPaths.Checkpoint("demo.example/access"));
}
