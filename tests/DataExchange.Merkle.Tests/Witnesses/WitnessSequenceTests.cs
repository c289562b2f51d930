using System.Globalization;
using System.Text;
using DataExchange.Merkle.Tests.Notes;

namespace DataExchange.Merkle.Tests.Witnesses;

/// <summary>What a witness answers to one request after the other, as another implementation decided it.</summary>
public class WitnessSequenceTests
{
    private static readonly SequenceVectors Known = Vectors.Read<SequenceVectors>("witness/sequences.json");

    public static TheoryData<string> Names => [.. Known.Sequences.Select(sequence => sequence.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_answer_is_the_known_one(string name)
    {
        var logs = Known.Logs.Select(CheckpointVectorTests.Key).ToDictionary(key => key.Name, key => (IReadOnlyList<NoteVerifier>)[key]);
        var recorded = new Dictionary<string, Checkpoint>();
        foreach (var step in Known.Sequences.Single(sequence => sequence.Name == name).Steps)
        {
            if (!WitnessRule.TryExamine(Encoding.UTF8.GetBytes(step.Body), logs, out var submission, out var outcome))
            {
                Assert.Equal(step.Status, Status(outcome));
                continue;
            }

            var latest = recorded.GetValueOrDefault(submission.Checkpoint.Origin);
            outcome = WitnessRule.Decide(submission, latest);
            Assert.Equal(step.Status, Status(outcome));
            Assert.Equal(step.Size, outcome == WitnessOutcome.SizeConflict ? (latest?.Size ?? 0).ToString(CultureInfo.InvariantCulture) : null);
            if (outcome == WitnessOutcome.Cosign)
            {
                recorded[submission.Checkpoint.Origin] = submission.Checkpoint;
            }
        }
    }

    private static int Status(WitnessOutcome outcome) => outcome switch
    {
        WitnessOutcome.Malformed or WitnessOutcome.OldSizeTooLarge => 400,
        WitnessOutcome.UnknownOrigin => 404,
        WitnessOutcome.NotSigned => 403,
        WitnessOutcome.SizeConflict or WitnessOutcome.RootConflict => 409,
        WitnessOutcome.NotConsistent => 422,
        WitnessOutcome.Cosign => 200,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private sealed record SequenceVectors(string[] Logs, SequenceVector[] Sequences);

    private sealed record SequenceVector(string Name, StepVector[] Steps);

    private sealed record StepVector(string Body, int Status, string? Size);
}
