using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>One witness of one log: what it holds, and how it is shown more. For one submission at a time.</summary>
internal sealed class WitnessLink(PolicyWitness witness, Uri address, WitnessClient client)
{
    // What the witness holds as far as is known. A wrong guess costs one more request: the witness answers it with the right size.
    private long _held;

    public PolicyWitness Witness => witness;

    /// <summary>How many submissions in a row came to nothing.</summary>
    public int Failures { get; set; }

    /// <summary>Whether its last claim against the log was untrue by what it showed itself.</summary>
    public bool IsRefuted { get; set; }

    /// <summary>How it stands.</summary>
    public WitnessStatus Status { get; set; } = new(witness.Name, null, null, null);

    /// <summary>Shows the checkpoint to the witness, with the proof that it extends what the witness holds.</summary>
    /// <exception cref="LogCorruptException">The tiles do not give a proof.</exception>
    public async Task<SubmissionOutcome> SubmitAsync(PublishedView view, CancellationToken cancellationToken)
    {
        // Once more after the witness has said what it holds; a second conflict means that somebody else submits too, and can wait.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var old = Math.Min(_held, view.Size);
            var proof = await PrefixProof.MakeAsync(view.Tiles, view.Checkpoint.Checkpoint.Root, old, cancellationToken);
            switch (await client.AddAsync(witness, address, new AddCheckpointRequest(old, proof.Hashes, view.Checkpoint.Note), cancellationToken))
            {
                case WitnessAnswer.Cosigned cosigned:
                    _held = view.Size;
                    return new SubmissionOutcome.Cosigned(cosigned.Line);

                case WitnessAnswer.Conflict(var size) when old == view.Size && (size ?? old) == old:
                    return new SubmissionOutcome.Disagrees(old);

                case WitnessAnswer.Conflict(null):
                    return new SubmissionOutcome.Failed("409 without a size");

                case WitnessAnswer.Conflict(long size) when size > view.Size:
                    return new SubmissionOutcome.Ahead(size);

                case WitnessAnswer.Conflict(long size):
                    _held = size;
                    break;

                // Everything extends the empty tree: who says otherwise is no witness.
                case WitnessAnswer.NotConsistent when old == 0:
                    return new SubmissionOutcome.Failed("422 to a first checkpoint");

                case WitnessAnswer.NotConsistent:
                    return new SubmissionOutcome.Disagrees(old);

                case WitnessAnswer.Useless(var reason):
                    return new SubmissionOutcome.Failed(reason);
            }
        }

        return new SubmissionOutcome.Failed("409 again, after the size it named");
    }

    /// <summary>The newest checkpoint that the witness shows for the log; null when it shows none that the log has signed.</summary>
    public Task<SignedCheckpoint?> LatestAsync(NoteVerifier log, CancellationToken cancellationToken) => client.LatestAsync(address, log, cancellationToken);
}
