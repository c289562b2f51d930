using DataExchange.Merkle.Tests.Notes;

namespace DataExchange.Merkle.Tests.Witnesses;

/// <summary>Trust policies as another implementation judged them.</summary>
public class PolicyVectorTests
{
    private static readonly InvalidVectors Invalid = Vectors.Read<InvalidVectors>("policy/invalid.json");

    public static TheoryData<string> InvalidNames => [.. Invalid.Cases.Select(vector => vector.Why)];

    [Fact]
    public void Checkpoint_meets_the_quorum_or_does_not_as_the_vector_says()
    {
        var vectors = Vectors.Read<QuorumVectors>("policy/quorums.json");
        foreach (var vector in vectors.Cases)
        {
            Assert.True(TlogPolicy.TryParse(vector.Policy, out var policy, out var fault), $"{vector.Name}: {fault}");
            Assert.True(SignedNote.TryParse(vector.Checkpoint, out var note));
            Assert.True(note.IsSignedBy(CheckpointVectorTests.Key(vectors.Vkey)));

            var cosigners = policy.Witnesses.Where(witness => note.CosignedAt(witness.Verifier) is not null).Select(witness => witness.Name);
            Assert.Equal(vector.Cosigners, cosigners.Order(StringComparer.Ordinal));
            Assert.True(vector.Met == policy.IsMetBy(note), $"{vector.Name}: {string.Join(", ", vector.Cosigners)}");
        }
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Text_that_is_no_policy_is_refused(string why)
    {
        Assert.False(TlogPolicy.TryParse(Invalid.Cases.Single(v => v.Why == why).Policy, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    private sealed record QuorumVectors(string Vkey, QuorumVector[] Cases);

    private sealed record QuorumVector(string Name, string Policy, string[] Cosigners, string Checkpoint, bool Met);

    private sealed record InvalidVectors(InvalidVector[] Cases);

    private sealed record InvalidVector(string Why, string Policy);
}
