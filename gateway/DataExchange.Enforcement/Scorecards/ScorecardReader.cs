using System.Runtime.CompilerServices;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Scorecards;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Scorecards;

/// <summary>
/// Counts a month from the two logs alone. Sealed entries are opened person by person, by the tags of the month, with each person's key;
/// those of people who were erased stay closed and are counted as such. Takes as long as the month is large, and no memory for it.
/// </summary>
public sealed class ScorecardReader(RegionLogs logs, SubjectVault vault)
{
    /// <summary>Entries near a month's end may stand in another order than that of their times: by less than this.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>The card of a month, as far as it has gone, and its officials.</summary>
    /// <exception cref="LogUnavailableException">A log cannot be read.</exception>
    /// <exception cref="SubjectVaultException">The vault does not answer, or its master key changed meanwhile.</exception>
    public async Task<(Scorecard Card, IReadOnlyList<OfficialScorecard> Officials)> CountAsync(ScorecardPeriod period, CancellationToken cancellationToken)
    {
        var access = await RangeAsync(logs.Access, period, cancellationToken);
        var governance = new ScorecardRange(0, (await RangeAsync(logs.Governance, period, cancellationToken)).End);
        var count = new ScorecardCount(period);
        var sealedLeft = new Dictionary<(bool IsAccess, string Kind), long>();
        await foreach (var leaf in LeavesAsync(logs.Access, access, cancellationToken))
        {
            Remember(sealedLeft, isAccess: true, leaf.Leaf, period);
        }

        await foreach (var (index, leaf) in LeavesAsync(logs.Governance, governance, cancellationToken))
        {
            if (leaf.IsOpen)
            {
                count.Add(new ScorecardEntry(false, index, leaf.Kind, leaf.TimeMs, JsonElement.Parse(leaf.Body.Span)));
            }
            else
            {
                Remember(sealedLeft, isAccess: false, leaf, period);
            }
        }

        await foreach (var fact in FactsAsync(period, access, governance, cancellationToken))
        {
            count.Add(fact.Entry);
            sealedLeft[(fact.Entry.IsAccess, fact.Entry.Kind)]--;
        }

        foreach (var ((isAccess, kind), left) in sealedLeft)
        {
            for (var i = 0L; i < left; i++)
            {
                count.Add(new ScorecardEntry(isAccess, 0, kind, period.StartMs, null));
            }
        }

        return (count.ToScorecard(access, governance), count.ToOfficials());
    }

    /// <summary>The sealed entries that a month's figures rest on, opened. In no order.</summary>
    /// <inheritdoc cref="CountAsync" path="/exception"/>
    public async IAsyncEnumerable<ScorecardFact> FactsAsync(ScorecardPeriod period, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var access = await RangeAsync(logs.Access, period, cancellationToken);
        var governance = await RangeAsync(logs.Governance, period, cancellationToken);
        await foreach (var (_, fact) in FactsAsync(period, access, governance, cancellationToken))
        {
            yield return fact;
        }
    }

    private async IAsyncEnumerable<(ScorecardEntry Entry, ScorecardFact Fact)> FactsAsync(
        ScorecardPeriod period, ScorecardRange access, ScorecardRange governance, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await logs.Access.WaitPublishedAsync(access.End, cancellationToken);
        await logs.Governance.WaitPublishedAsync(governance.End, cancellationToken);
        await foreach (var subject in vault.ReadAllAsync(cancellationToken))
        {
            foreach (var (log, end) in new[] { (logs.Access, access.End), (logs.Governance, governance.End) })
            {
                foreach (var index in await log.FindAsync(subject.Tag(period.StartMs), cancellationToken))
                {
                    if (index < end && await OpenAsync(log, index, subject, period, cancellationToken) is { } fact)
                    {
                        yield return fact;
                    }
                }
            }
        }
    }

    private async ValueTask<(ScorecardEntry Entry, ScorecardFact Fact)?> OpenAsync(ITransparencyLog log, long index, Subject subject, ScorecardPeriod period, CancellationToken cancellationToken)
    {
        await foreach (var entry in log.ReadAsync(index, 1, cancellationToken))
        {
            // Nobody but a reviewer's question is served here, and it is about departments: consents and the like stay closed.
            if (RecordSealer.TryOpen(subject, entry, out var opened) && Counts(opened.Leaf, period))
            {
                var record = JsonElement.Parse(opened.Record.Span);
                return (
                    new ScorecardEntry(log == logs.Access, index, opened.Leaf.Kind, opened.Leaf.TimeMs, record),
                    new ScorecardFact(log.Name, index, Convert.ToBase64String(entry.Leaf.Span), Convert.ToBase64String(opened.OpeningKey.Span), record));
            }
        }

        return null;
    }

    private static void Remember(Dictionary<(bool, string), long> sealedLeft, bool isAccess, Leaf leaf, ScorecardPeriod period)
    {
        if (!leaf.IsOpen && Counts(leaf, period))
        {
            sealedLeft[(isAccess, leaf.Kind)] = sealedLeft.GetValueOrDefault((isAccess, leaf.Kind)) + 1;
        }
    }

    private static bool Counts(Leaf leaf, ScorecardPeriod period) =>
        leaf.TimeMs >= period.StartMs && leaf.TimeMs < period.EndMs
        && leaf.Kind is LeafKinds.AccessRequested or LeafKinds.AccessReleased or LeafKinds.AccessRefused or LeafKinds.AccessFailed or LeafKinds.AnomalyFound or LeafKinds.AnomalyClosed;

    private static async IAsyncEnumerable<(long Index, Leaf Leaf)> LeavesAsync(ITransparencyLog log, ScorecardRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in log.ReadAsync(range.First, range.End - range.First, cancellationToken))
        {
            yield return Leaf.TryDecode(entry.Leaf, out var leaf) ? (entry.Index, leaf) : throw new LogUnavailableException($"Entry {entry.Index} of the log {log.Origin} is not a leaf.");
        }
    }

    /// <summary>A range that holds every entry of the month; some at its ends may belong to the months beside it.</summary>
    private static async ValueTask<ScorecardRange> RangeAsync(ITransparencyLog log, ScorecardPeriod period, CancellationToken cancellationToken)
    {
        var size = log.Latest.Size;
        var skew = (long)Skew.TotalMilliseconds;
        var first = await SearchAsync(log, 0, size, period.StartMs - skew, cancellationToken);
        return new ScorecardRange(first, await SearchAsync(log, first, size, period.EndMs + skew, cancellationToken));
    }

    /// <summary>Index of the first entry at this time or later, by halves.</summary>
    private static async ValueTask<long> SearchAsync(ITransparencyLog log, long low, long high, long timeMs, CancellationToken cancellationToken)
    {
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var (_, leaf) = await LeavesAsync(log, new ScorecardRange(middle, middle + 1), cancellationToken).FirstAsync(cancellationToken);
            (low, high) = leaf.TimeMs < timeMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
