using System.Collections.Immutable;
using DataExchange.Merkle;
using DataExchange.Witness.Http;
using DataExchange.Witness.State;

namespace DataExchange.Witness.Cosigning;

/// <summary>A submission that waits for its turn, and whoever waits for its answer.</summary>
internal sealed class PendingSubmission(WitnessSubmission submission)
{
    // Continuations run elsewhere: the writer must not serve responses.
    private readonly TaskCompletionSource<WitnessAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WitnessAnswer? _decided;

    public Task<WitnessAnswer> Answer => _answer.Task;

    /// <summary>Decides on top of a state that may not be durable yet; returns the state with the checkpoint where it is cosigned.</summary>
    public ImmutableSortedDictionary<string, WitnessedCheckpoint> Decide(
        ImmutableSortedDictionary<string, WitnessedCheckpoint> state, CheckpointCosigner cosigner, TimeProvider clock)
    {
        var (checkpoint, recorded) = (submission.Checkpoint, state.GetValueOrDefault(submission.Checkpoint.Origin));
        var outcome = WitnessRule.Decide(submission, recorded?.Checkpoint);
        if (outcome != WitnessOutcome.Cosign)
        {
            _decided = new WitnessAnswer(outcome, recorded?.Checkpoint.Size ?? 0, "") { IsSecondRoot = WitnessRule.IsSecondRoot(checkpoint, recorded?.Checkpoint) };
            return state;
        }

        if (CosignatureTime.Of(clock, recorded?.CosignedAt ?? 0) is not { } time)
        {
            Refuse(WitnessProblem.ClockWrong);
            return state;
        }

        var line = cosigner.SignatureLine(checkpoint, time);
        _decided = new WitnessAnswer(outcome, checkpoint.Size, line);
        return state.SetItem(checkpoint.Origin, new WitnessedCheckpoint(checkpoint, time, submission.Note + line));
    }

    /// <summary>Answers with what was decided, now that the state it was decided on is durable.</summary>
    public void Complete()
    {
        if (_decided is { } answer)
        {
            _answer.TrySetResult(answer);
        }
    }

    /// <summary>Answers that there is no answer; what was decided is forgotten, and no cosignature leaves.</summary>
    public void Refuse(WitnessProblem problem) => _answer.TrySetException(new WitnessUnavailableException(problem));
}
