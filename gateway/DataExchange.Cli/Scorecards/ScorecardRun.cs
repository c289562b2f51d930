using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Contracts;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Scorecards;
using DataExchange.Merkle;

namespace DataExchange.Cli.Scorecards;

/// <summary>One recomputation.</summary>
internal sealed class ScorecardRun(
    DxConsole console, ScorecardPeriod period, (LogResources Log, string Location, NoteVerifier Key) access, (LogResources Log, string Location, NoteVerifier Key) governance)
{
    /// <exception cref="FindingException">A log or a fact does not hold, or there is no scorecard.</exception>
    public async Task<Report> RunAsync(string? factsPath, string? cardPath, CancellationToken cancellationToken)
    {
        var facts = factsPath is null ? null : await FactFile.ReadAsync(factsPath, cancellationToken);
        var given = cardPath is null ? null : await ReadCardAsync(cardPath, cancellationToken);

        // The card says how far it goes; one that stands in the log is read with the log, and covers whatever the month holds.
        var rules = await VerifyAsync(governance, isAccess: false, given?.Governance.End ?? long.MaxValue, facts, cancellationToken);
        var claimed = given ?? Published(rules);
        if (claimed.Formula != ScorecardCount.Formula || claimed.Period != period.ToString())
        {
            throw FindingException.CannotTell(FindingCode.InputUnreadable, $"The scorecard is of {claimed.Period} by formula {claimed.Formula}; this is for {period} by formula {ScorecardCount.Formula}.");
        }

        var uses = await VerifyAsync(access, isAccess: true, given?.Access.End ?? long.MaxValue, facts, cancellationToken);
        var recomputed = Count(uses, rules, facts, claimed);
        return new ScorecardReport(claimed.Period, facts is not null, recomputed, ScorecardComparison.Of(claimed, recomputed, onlyOpen: facts is null));
    }

    private async Task<LeafSink> VerifyAsync(
        (LogResources Log, string Location, NoteVerifier Key) of, bool isAccess, long end, FactFile? facts, CancellationToken cancellationToken)
    {
        var head = await LogHead.ReadAsync(of.Log, of.Location, of.Key, cancellationToken);
        var sink = new LeafSink(isAccess, period, facts) { End = end };
        using var progress = new ProgressBar(console, "entries");
        await new LogRebuild(of.Log, head.Checkpoint, remembered: null, UpperTree.Empty()) { Sink = sink }.RunAsync(progress, cancellationToken);
        return sink;
    }

    private Scorecard Published(LeafSink rules)
    {
        foreach (var (_, leaf) in rules.Open.Where(entry => entry.Value.Kind == LeafKinds.ScorecardPublished))
        {
            if (JsonSerializer.Deserialize(leaf.Body.Span, ContractsJsonContext.Default.Scorecard) is { } card && card.Period == period.ToString())
            {
                return card;
            }
        }

        throw FindingException.CannotTell(FindingCode.NoSuchEntry, $"The governance log holds no scorecard of {period}; name one with --card.");
    }

    private Scorecard Count(LeafSink uses, LeafSink rules, FactFile? facts, Scorecard claimed)
    {
        var count = new ScorecardCount(period);
        var left = uses.Sealed.ToDictionary(kind => (true, kind.Key), kind => kind.Value);
        foreach (var (kind, number) in rules.Sealed)
        {
            left[(false, kind)] = number;
        }

        foreach (var (index, leaf) in rules.Open)
        {
            count.Add(new ScorecardEntry(false, index, leaf.Kind, leaf.TimeMs, JsonElement.Parse(leaf.Body.Span)));
        }

        foreach (var fact in facts?.Entries ?? [])
        {
            // What came after the card was counted is in a later export, and in no figure.
            if (fact.Index >= (fact.IsAccess ? claimed.Access.End : claimed.Governance.End))
            {
                continue;
            }

            if (!(fact.IsAccess ? uses : rules).Holds(fact.Index))
            {
                throw FindingException.DoesNotVerify(FindingCode.FactMismatch, $"Entry {fact.Index} of the {(fact.IsAccess ? "access" : "governance")} log is not the leaf that the facts show.");
            }

            count.Add(fact);
            left[(fact.IsAccess, fact.Kind)] = left.GetValueOrDefault((fact.IsAccess, fact.Kind)) - 1;
        }

        foreach (var ((isAccess, kind), number) in left)
        {
            for (var i = 0L; i < number; i++)
            {
                count.Add(new ScorecardEntry(isAccess, 0, kind, period.StartMs, null));
            }
        }

        return count.ToScorecard(claimed.Access, claimed.Governance);
    }

    private static async Task<Scorecard> ReadCardAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), ContractsJsonContext.Default.Scorecard) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw FindingException.CannotTell(FindingCode.InputUnreadable, $"{path} holds no scorecard: {exception.Message}", exception);
        }
    }
}
