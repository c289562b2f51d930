using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Citizens;

/// <summary>Finds a person's entries as the person could: by the tags of their months.</summary>
public sealed class MyEntries(RegionLogs logs)
{
    internal async Task<MyAccesses> ReadAsync(Subject subject, MonthRange range, EntryCursor? after, int limit, CancellationToken cancellationToken)
    {
        // Taken first: what is found below them is all there is below them. A cursor that names more than there is was not given out here.
        var (access, governance) = (logs.Access.Published.Size, logs.Governance.Published.Size);
        if (after is { } page)
        {
            (access, governance) = (Math.Min(access, page.AccessSize), Math.Min(governance, page.GovernanceSize));
        }

        var entries = new List<MyEntry>();
        EntryCursor last = default;
        foreach (var month in range.Months)
        {
            foreach (var (log, size) in new[] { (logs.Access, access), (logs.Governance, governance) })
            {
                foreach (var index in await FindAsync(log, subject, month, cancellationToken))
                {
                    if (index >= size || after?.IsBefore(MonthRange.Text(month), log.Name, index) == false)
                    {
                        continue;
                    }

                    if (entries.Count == limit)
                    {
                        return new MyAccesses(access, governance, entries, last.ToString());
                    }

                    entries.Add(await ReadAsync(log, index, subject, cancellationToken));
                    last = new EntryCursor(MonthRange.Text(month), log.Name, index, access, governance);
                }
            }
        }

        return new MyAccesses(access, governance, entries, Cursor: null);
    }

    /// <summary>The person's entries of a month, veiled ones among them, in the order of the log.</summary>
    private static async Task<IEnumerable<long>> FindAsync(ITransparencyLog log, Subject subject, DateTime month, CancellationToken cancellationToken)
    {
        var plain = await log.FindAsync(SubjectTag.Compute(subject.Token.Span, month.Year, month.Month), cancellationToken);
        var veiled = await log.FindAsync(SubjectTag.ComputeVeiled(subject.Token.Span, month.Year, month.Month), cancellationToken);
        return plain.Concat(veiled).Order();
    }

    private static async Task<MyEntry> ReadAsync(ITransparencyLog log, long index, Subject subject, CancellationToken cancellationToken)
    {
        var entry = await log.ReadAsync(index, 1, cancellationToken).SingleAsync(cancellationToken);
        if (!Leaf.TryDecode(entry.Leaf, out var leaf))
        {
            throw new LogUnavailableException($"Entry {index} of the log {log.Origin} is not a leaf.");
        }

        // One that does not open is shown all the same: it carries the person's tag, and the list is to be complete.
        var opening = RecordSealer.TryOpen(subject, entry, out var opened)
            ? new Opening(Convert.ToBase64String(opened.OpeningKey.Span), JsonElement.Parse(opened.Record.Span))
            : null;
        return new MyEntry(
            log.Origin, index, DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs), leaf.Kind, Convert.ToBase64String(entry.Leaf.Span), opening);
    }
}
