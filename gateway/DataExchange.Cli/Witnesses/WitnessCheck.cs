using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Verify;
using DataExchange.Merkle;

namespace DataExchange.Cli.Witnesses;

/// <summary>One check of a log's witnesses.</summary>
internal sealed class WitnessCheck(DxConsole console, LogResources log, string location, NoteVerifier key, TlogPolicy policy, string stateFolder)
{
    private const int LooksAtLog = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public async Task<WitnessReport> RunAsync(bool ask, CancellationToken cancellationToken)
    {
        var answers = new List<(PolicyWitness Witness, Answer? Answer)>();
        foreach (var witness in policy.Witnesses)
        {
            answers.Add((witness, ask && witness.Url is not null ? await AskAsync(witness, cancellationToken) : null));
        }

        // The log last: it then covers what the witnesses have seen.
        var newest = answers.Max(answer => answer.Answer?.Head?.Checkpoint.Size) ?? 0;
        var head = await ReadLogAsync(newest, cancellationToken);
        var states = new List<WitnessState>();
        foreach (var (witness, answer) in answers)
        {
            states.Add(await StateAsync(witness, answer, head, cancellationToken));
        }

        return new WitnessReport(head.Checkpoint.Origin, head.Checkpoint.Size, policy.Quorum, IsQuorum(head), states);
    }

    private bool IsQuorum(LogHead head)
    {
        try
        {
            PolicyOption.Require(policy, key, head.Note);
            return true;
        }
        catch (FindingException finding) when (finding.Code == FindingCode.QuorumNotMet)
        {
            return false;
        }
    }

    /// <summary>A log may have a checkpoint cosigned before it shows it; that moment is waited out.</summary>
    private async Task<LogHead> ReadLogAsync(long size, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var head = await LogHead.ReadAsync(log, location, key, cancellationToken);
            if (head.Checkpoint.Size >= size || look == LooksAtLog)
            {
                return head;
            }

            await Task.Delay(BetweenLooks, console.Clock, cancellationToken);
        }
    }

    private async Task<Answer> AskAsync(PolicyWitness witness, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(witness.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return new Answer(null, $"'{witness.Url}' is no address that can be asked.");
        }

        using var source = new HttpSource(new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{WitnessPaths.OriginHash(key.Name)}"));
        try
        {
            return await new LogResources(source).CheckpointAsync(cancellationToken) is not { } bytes ? new Answer(null, "It knows nothing of this log.")
                : LogHead.Parse(bytes, key) is var head && head.Note.CosignedAt(witness.Verifier) is not null ? new Answer(head, null)
                : new Answer(head, "What it shows bears no cosignature of its own."); // The log has signed it all the same.
        }
        catch (FindingException finding)
        {
            return new Answer(null, finding.Message);
        }
    }

    private async Task<WitnessState> StateAsync(PolicyWitness witness, Answer? answer, LogHead head, CancellationToken cancellationToken)
    {
        var cosigned = head.Note.CosignedAt(witness.Verifier);
        var state = new WitnessState(witness.Name, cosigned, cosigned is { } at ? console.Clock.GetUtcNow().ToUnixTimeSeconds() - at : null)
        {
            Seen = answer is { Problem: null } ? answer.Head?.Checkpoint.Size : null,
            Problem = answer?.Problem,
        };
        if (answer?.Head is not { } seen)
        {
            return state;
        }

        try
        {
            await new LogTree(log, head.Checkpoint).CheckExtendsAsync(seen.Checkpoint, cancellationToken);
            return state;
        }
        catch (FindingException finding) when (finding.Code is FindingCode.Fork or FindingCode.Rollback)
        {
            return state with { Contradiction = finding.Code, Problem = $"{finding.Message} {await KeepAsync(seen, head)}" };
        }
    }

    /// <summary>Keeps both checkpoints, since neither the witness nor the log need show them again. The finding stands even where that fails.</summary>
    private async Task<string> KeepAsync(LogHead seen, LogHead shown)
    {
        try
        {
            var memory = new RememberedCheckpoints(new StateFolder(stateFolder));
            return $"The two are kept in {await memory.KeepEvidenceAsync(seen)} and {await memory.KeepEvidenceAsync(shown)}.";
        }
        catch (FindingException problem)
        {
            return $"The two could not be kept; keep them yourself. {problem.Message}";
        }
    }

    /// <summary>What a witness showed: a checkpoint that the log signed, and why it is not the witness's word; or why there is none.</summary>
    private sealed record Answer(LogHead? Head, string? Problem);
}
