using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Events;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>Rebuilds the rules at an older size: the open entries up to it, and those sealed ones that carry the subject's tag.</summary>
internal sealed class GovernanceHistory(ITransparencyLog log, SubjectVault vault)
{
    /// <param name="size">Up to which size.</param>
    /// <param name="handle">Whom the sealed entries are about.</param>
    /// <param name="origins">Takes note of the entries.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<RegionSnapshot> AtAsync(long size, SubjectHandle handle, RuleOrigins origins, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, log.Latest.Size);
        var subject = await vault.FindAsync(handle, cancellationToken);

        var rules = RegionSnapshot.Empty;
        await foreach (var entry in log.ReadAsync(0, size, cancellationToken))
        {
            var leaf = FoundingLog.Decode(entry);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs);
            if (leaf.IsOpen)
            {
                Apply(GovernanceRecords.Read(leaf.Kind, leaf.Body.Span), entry.Index, time);
            }
            else if (subject is not null && leaf.Tag.Span.SequenceEqual(subject.Tag(leaf.TimeMs)))
            {
                if (!RecordSealer.TryOpen(subject, entry, out var opened))
                {
                    throw new GovernanceException($"Entry {entry.Index} of the governance log carries the subject's tag and does not open with the subject's key.");
                }

                Apply(GovernanceRecords.Read(leaf.Kind, opened.Record.Span, handle), entry.Index, time);
            }
        }

        return rules.At(size);

        void Apply(GovernanceEvent @event, long index, DateTimeOffset time)
        {
            rules = @event is PersonalChanged ? rules.Apply(@event, index, time) : FoundingLog.Follow(rules, @event, index, time);
            origins.Note(@event, index);
        }
    }
}
