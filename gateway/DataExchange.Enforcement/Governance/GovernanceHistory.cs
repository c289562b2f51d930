using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Events;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// Rebuilds the rules at an older size: the open entries up to it, and those sealed ones that carry the subject's tag. Open entries are few
/// and read once; the subject's are found by their tags, month by month, as the subject would find them. So a replay costs what was decided
/// and what concerns the person, whatever else the log holds.
/// </summary>
internal sealed class GovernanceHistory(ITransparencyLog log, SubjectVault vault)
{
    private volatile OpenHistory _open = OpenHistory.Empty;

    /// <param name="size">Up to which size.</param>
    /// <param name="handle">Whom the sealed entries are about.</param>
    /// <param name="origins">Takes note of the entries.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<RegionSnapshot> AtAsync(long size, SubjectHandle handle, RuleOrigins origins, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, log.Latest.Size);
        var open = await OpenAsync(size, cancellationToken);
        var own = await vault.FindAsync(handle, cancellationToken) is { } subject ? await OwnAsync(subject, size, cancellationToken) : [];

        open.NoteTo(origins, size);
        foreach (var (@event, index, _) in own)
        {
            origins.Note(@event, index);
        }

        // Up to the first entry about the person the rules are the same for everybody.
        var (rules, next) = open.Before(own.Count > 0 ? own[0].Index : size);
        foreach (var (@event, index, time) in own)
        {
            (rules, next) = open.Fold(rules, next, index);
            rules = rules.Apply(@event, index, time);
        }

        open.Note(origins, size);
        foreach (var logged in own)
        {
            origins.Note(logged.Event, logged.Index);
        }

        return open.Fold(rules, next, size).Rules.At(size);
    }

    /// <summary>The events about one person below this size.</summary>
    public async ValueTask<IReadOnlyList<LoggedEvent>> AboutAsync(Subject subject, long size, CancellationToken cancellationToken) =>
        await OwnAsync(subject, size, cancellationToken);

    /// <summary>The open entries below this size, and perhaps more. Racers read the same ones.</summary>
    private async ValueTask<OpenHistory> OpenAsync(long size, CancellationToken cancellationToken)
    {
        var known = _open;
        if (known.Size >= size)
        {
            return known;
        }

        var more = new List<LoggedEvent>();
        await foreach (var entry in log.ReadUnkeyedAsync(known.Size, size - known.Size, cancellationToken))
        {
            var leaf = FoundingLog.Decode(entry);
            more.Add(new LoggedEvent(GovernanceRecords.Read(leaf.Kind, leaf.Body.Span), entry.Index, DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs)));
        }

        return _open = known.With(more, size);
    }

    private async ValueTask<List<LoggedEvent>> OwnAsync(Subject subject, long size, CancellationToken cancellationToken)
    {
        var own = new List<LoggedEvent>();
        if (size == 0)
        {
            return own;
        }

        // What a search finds follows a little behind what is committed.
        await log.WaitPublishedAsync(size, cancellationToken);
        foreach (var (year, month) in await MonthsAsync(size, cancellationToken))
        {
            foreach (var tag in new[] { SubjectTag.Compute(subject.Token.Span, year, month), SubjectTag.ComputeVeiled(subject.Token.Span, year, month) })
            {
                foreach (var index in await log.FindAsync(tag, cancellationToken))
                {
                    if (index < size)
                    {
                        own.Add(await OpenAsync(subject, index, cancellationToken));
                    }
                }
            }
        }

        own.Sort((one, other) => one.Index.CompareTo(other.Index));
        return own;
    }

    private async ValueTask<LoggedEvent> OpenAsync(Subject subject, long index, CancellationToken cancellationToken)
    {
        var entry = await log.ReadAsync(index, 1, cancellationToken).SingleAsync(cancellationToken);
        return RecordSealer.TryOpen(subject, entry, out var opened)
            ? new LoggedEvent(
                GovernanceRecords.Read(opened.Leaf.Kind, opened.Record.Span, subject.Handle), index, DateTimeOffset.FromUnixTimeMilliseconds(opened.Leaf.TimeMs))
            : throw new GovernanceException($"Entry {index} of the governance log carries the subject's tag and does not open with the subject's key.");
    }

    /// <summary>
    /// The months (UTC) that entries below this size may be of. Times never run backwards, but behind the entry that says that the log took a
    /// retired one's place: what was carried over is older, so the months begin with the oldest time of the first entries that stand there.
    /// </summary>
    private async ValueTask<IReadOnlyList<(int Year, int Month)>> MonthsAsync(long size, CancellationToken cancellationToken)
    {
        long? oldest = null;
        await foreach (var entry in log.ReadAsync(0, size, cancellationToken))
        {
            var leaf = FoundingLog.Decode(entry);
            oldest = Math.Min(oldest ?? long.MaxValue, leaf.TimeMs);
            if (leaf.Kind != LeafKinds.LogAdopted)
            {
                break;
            }
        }

        var last = await log.ReadAsync(size - 1, 1, cancellationToken).SingleAsync(cancellationToken);
        return [.. Months(oldest!.Value, Math.Max(oldest.Value, FoundingLog.Decode(last).TimeMs))];
    }

    private static IEnumerable<(int Year, int Month)> Months(long fromMs, long toMs)
    {
        var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(fromMs), DateTimeOffset.FromUnixTimeMilliseconds(toMs));
        for (var month = from.Year * 12 + from.Month - 1; month <= to.Year * 12 + to.Month - 1; month++)
        {
            yield return (month / 12, month % 12 + 1);
        }
    }
}
