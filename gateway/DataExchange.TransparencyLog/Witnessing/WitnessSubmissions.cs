using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>One submission from the checkpoint to its consequence: a cosignature, a veto, or a failure that is told once.</summary>
internal sealed class WitnessSubmissions(
    NoteVerifier log, IWitnessDirectory directory, RollbackJudge judge, WitnessedCheckpoints witnessed, TimeProvider clock, LogMetrics metrics, ILogger logger)
{
    /// <summary>Shows a round to a witness and takes in what comes of it; true when it cosigned.</summary>
    public async Task<bool> SubmitAsync(WitnessLink link, WitnessRound round, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await link.SubmitAsync(round.View, cancellationToken);
            if (outcome is SubmissionOutcome.Cosigned(var line))
            {
                Take(link, round, line);
                return true;
            }

            var fault = outcome is SubmissionOutcome.Failed(var reason) ? reason : await JudgeAsync(link, outcome, round.View, cancellationToken);
            Fail(link, fault, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The tiles or the store could not be read: that is the log's trouble and not the witness's, and is found and told where it is mended.
            Fail(link, exception.Message, exception);
        }

        return false;
    }

    private async Task<string> JudgeAsync(WitnessLink link, SubmissionOutcome claim, PublishedView view, CancellationToken cancellationToken)
    {
        var verdict = await judge.JudgeAsync(link, claim, view, cancellationToken);
        if (verdict.Veto is not null)
        {
            Log.Frozen(logger, log.Name, verdict.Fault);
        }
        else if (verdict.IsUntrue)
        {
            Log.WitnessUntrue(logger, log.Name, link.Witness.Name, verdict.Fault);
        }

        return verdict.Fault;
    }

    private void Take(WitnessLink link, WitnessRound round, string line)
    {
        metrics.Witnessed(link.Witness.Name, "cosigned");
        if (link.Failures > 0 || link.Status.CosignedAt is null)
        {
            Log.WitnessAnswers(logger, log.Name, link.Witness.Name);
        }

        link.Failures = 0;
        link.Status = new WitnessStatus(link.Witness.Name, round.View.Size, clock.GetUtcNow(), null);
        judge.Clear(link);
        round.Add(link.Witness, line);
        if (witnessed.Offer(round, directory.Current.Policy))
        {
            metrics.QuorumMet(round.View.Size);
        }
    }

    private void Fail(WitnessLink link, string reason, Exception? exception)
    {
        metrics.Witnessed(link.Witness.Name, "failed");
        link.Status = link.Status with { Fault = reason };
        if (link.Failures++ == 0)
        {
            Log.WitnessFails(logger, log.Name, link.Witness.Name, reason, exception);
        }
    }

    /// <summary>The witness is asked no more, so nothing rests on its claims.</summary>
    public void Forget(WitnessLink link) => judge.Clear(link);
}
