using System.Globalization;
using System.Text;

namespace DataExchange.Merkle.Tests.Witnesses;

/// <summary>Requests to witnesses, and their cosignatures, as another implementation made and judged them.</summary>
public class WitnessVectorTests
{
    private static readonly RequestVectors Requests = Vectors.Read<RequestVectors>("witness/add-checkpoint.json");

    public static TheoryData<string> InvalidNames => [.. Requests.Invalid.Select(vector => vector.Why)];

    [Fact]
    public void Request_is_read_and_written_the_same()
    {
        foreach (var vector in Requests.Valid)
        {
            Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(vector.Body), out var request));
            Assert.Equal(vector.OldSize, request.OldSize.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(vector.Proof, request.Proof.Select(hash => hash.ToString()));
            Assert.Equal(vector.Checkpoint, request.Checkpoint);
            Assert.Equal(vector.Body, request.ToText());
        }
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void Malformed_request_is_refused(string why) =>
        Assert.False(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(Requests.Invalid.Single(v => v.Why == why).Body), out _));

    [Fact]
    public void Answer_to_a_request_that_is_taken_is_the_known_cosignature()
    {
        var vectors = Vectors.Read<SequenceVectors>("witness/sequences.json");
        using var cosigner = CheckpointCosigner.FromSeed(vectors.Witness.Name, Convert.FromHexString(vectors.Witness.Seed));
        Assert.Equal(vectors.Witness.Vkey, cosigner.Verifier.ToString());
        foreach (var step in vectors.Sequences.SelectMany(sequence => sequence.Steps).Where(step => step.Status == 200))
        {
            Assert.True(AddCheckpointRequest.TryParse(step.Body, out var request));
            Assert.True(SignedNote.TryParse(request.Checkpoint, out var note));
            Assert.True(Checkpoint.TryParseExtended(note.Text, out var checkpoint));
            Assert.Equal(step.Line, cosigner.SignatureLine(checkpoint, long.Parse(vectors.Time, CultureInfo.InvariantCulture)));
        }
    }

    private sealed record RequestVectors(RequestVector[] Valid, InvalidVector[] Invalid);

    private sealed record RequestVector(string OldSize, string[] Proof, string Checkpoint, string Body);

    private sealed record InvalidVector(string Why, string Body);

    private sealed record SequenceVectors(WitnessVector Witness, string Time, SequenceVector[] Sequences);

    private sealed record WitnessVector(string Name, string Seed, string Vkey);

    private sealed record SequenceVector(string Name, StepVector[] Steps);

    private sealed record StepVector(string Body, int Status, string? Line);
}
