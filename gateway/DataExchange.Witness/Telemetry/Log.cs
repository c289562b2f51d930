using DataExchange.Merkle;
using DataExchange.Witness.Cosigning;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Telemetry;

/// <summary>Events 8000 to 8099. Origins, sizes, roots and causes only.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Information, "The witness listens at {Address}. It witnesses {Logs} logs, and has cosigned {Cosigned}. Its verifier key: {Vkey}")]
    public static partial void Listening(ILogger logger, Uri address, int logs, int cosigned, NoteVerifier vkey);

    [LoggerMessage(8001, LogLevel.Warning, "The first start: a key was made at {Path}. Keep a copy of it in a safe place.")]
    public static partial void KeyMade(ILogger logger, string path);

    [LoggerMessage(8002, LogLevel.Critical, "The state could not be written. Nothing is cosigned until it has been verified again.")]
    public static partial void Poisoned(ILogger logger, Exception exception);

    [LoggerMessage(8003, LogLevel.Error, "The state is still not to be trusted after {Attempts} attempts.")]
    public static partial void RecoveryFailed(ILogger logger, int attempts, Exception exception);

    [LoggerMessage(8004, LogLevel.Warning, "The state has been verified and written anew. Checkpoints are cosigned again.")]
    public static partial void Recovered(ILogger logger);

    [LoggerMessage(8005, LogLevel.Error, "A request failed.")]
    public static partial void Failed(ILogger logger, Exception exception);

    /// <summary>
    /// A checkpoint with a log's own signature that does not follow the one cosigned before. A false proof can come from anyone; a second
    /// root at one size can come from the log's key alone, and is said whatever old size and proof came with it.
    /// </summary>
    public static void Contradicted(ILogger logger, Checkpoint submitted, WitnessAnswer answer)
    {
        if (answer.IsSecondRoot)
        {
            TwoRoots(logger, submitted.Origin, submitted.Size, submitted.Root);
        }
        else if (answer.Outcome == WitnessOutcome.NotConsistent)
        {
            NotConsistent(logger, submitted.Origin, submitted.Size, submitted.Root, answer.RecordedSize);
        }
    }

    [LoggerMessage(8010, LogLevel.Critical, "The log {Origin} has signed a second tree of size {Size}, with the root {Root}. It was refused. Tell its operator and the other witnesses.")]
    private static partial void TwoRoots(ILogger logger, string origin, long size, MerkleHash root);

    [LoggerMessage(8011, LogLevel.Warning, "No proof was given that the log {Origin} at size {Size} with the root {Root} extends what was cosigned at size {Recorded}. It was refused.")]
    private static partial void NotConsistent(ILogger logger, string origin, long size, MerkleHash root, long recorded);
}
