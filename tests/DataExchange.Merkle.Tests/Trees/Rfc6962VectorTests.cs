using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DataExchange.Merkle.Tests.Trees;

public class Rfc6962VectorTests
{
    public static TheoryData<string> InclusionCases => Vectors.Files("rfc6962/inclusion");

    public static TheoryData<string> ConsistencyCases => Vectors.Files("rfc6962/consistency");

    [Fact]
    public void All_196_cases_are_here() => Assert.Equal(196, InclusionCases.Count + ConsistencyCases.Count);

    [Theory]
    [MemberData(nameof(InclusionCases))]
    public void Inclusion_proof_is_accepted_or_rejected_as_the_vector_says(string file)
    {
        var vector = Vectors.Read<InclusionVector>(file);
        var accepted = TryParse(vector.LeafIdx, out var index) && TryParse(vector.TreeSize, out var size)
            && MerkleHash.TryParse(vector.Root, out var root) && MerkleHash.TryParse(vector.LeafHash, out var leaf)
            && TryParse(vector.Proof, out var proof) && ProofVerifier.Inclusion(index, size, leaf, proof, root);
        Assert.Equal(!vector.WantErr, accepted);
    }

    [Theory]
    [MemberData(nameof(ConsistencyCases))]
    public void Consistency_proof_is_accepted_or_rejected_as_the_vector_says(string file)
    {
        var vector = Vectors.Read<ConsistencyVector>(file);
        var wellFormed = MerkleHash.TryParse(vector.Root1, out var oldRoot) & MerkleHash.TryParse(vector.Root2, out var newRoot);
        var accepted = wellFormed && TryParse(vector.Size1, out var oldSize) && TryParse(vector.Size2, out var newSize)
            && TryParse(vector.Proof, out var proof) && ProofVerifier.Consistency(oldSize, newSize, oldRoot, newRoot, proof);

        // The one case that another implementation accepts and a parser of 32-byte hashes does not.
        var rootsAreTooShort = file.EndsWith("sizes-are-equal-one-and-proof-is-empty.json", StringComparison.Ordinal);
        Assert.Equal(!vector.WantErr && !rootsAreTooShort, accepted);
        Assert.False(rootsAreTooShort && wellFormed);
    }

    private static bool TryParse(decimal number, out long value) =>
        long.TryParse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParse(string[]? proof, [NotNullWhen(true)] out List<MerkleHash>? hashes)
    {
        hashes = [];
        foreach (var text in proof ?? [])
        {
            if (!MerkleHash.TryParse(text, out var hash))
            {
                hashes = null;
                return false;
            }

            hashes.Add(hash);
        }

        return true;
    }

    private sealed record InclusionVector(decimal LeafIdx, decimal TreeSize, string Root, string LeafHash, string[]? Proof, bool WantErr);

    private sealed record ConsistencyVector(decimal Size1, decimal Size2, string Root1, string Root2, string[]? Proof, bool WantErr);
}
