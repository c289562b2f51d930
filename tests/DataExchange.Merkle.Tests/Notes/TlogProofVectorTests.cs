using System.Globalization;

namespace DataExchange.Merkle.Tests.Notes;

/// <summary>Proofs as another implementation made and judged them.</summary>
public class TlogProofVectorTests
{
    private static readonly ProofVectors Known = Vectors.Read<ProofVectors>("tlog-proof/proofs.json");

    public static TheoryData<string> InvalidNames => [.. Known.Invalid.Select(vector => vector.Why)];

    [Fact]
    public void Proof_holds_and_is_written_as_it_was_read()
    {
        foreach (var vector in Known.Valid)
        {
            Assert.True(TlogProof.TryParse(vector.Proof, out var proof));
            Assert.Equal(vector.Proof, proof.ToText());
            Assert.True(proof.Verify(TreeHasher.Leaf(Convert.FromHexString(vector.Entry)), CheckpointVectorTests.Key(Known.Vkey), out var checkpoint));
            Assert.Equal((vector.Index, vector.Size), (Text(proof.Index), Text(checkpoint.Size)));
        }
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Anything_else_proves_nothing(string why)
    {
        var vector = Known.Invalid.Single(v => v.Why == why);
        Assert.False(TlogProof.TryParse(vector.Proof, out var proof)
            && proof.Verify(TreeHasher.Leaf(Convert.FromHexString(vector.Entry)), CheckpointVectorTests.Key(Known.Vkey), out _));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record ProofVectors(string Vkey, ProofVector[] Valid, InvalidVector[] Invalid);

    private sealed record ProofVector(string Entry, string Index, string Size, string Proof);

    private sealed record InvalidVector(string Why, string Entry, string Proof);
}
