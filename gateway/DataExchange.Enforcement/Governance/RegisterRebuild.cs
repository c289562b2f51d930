using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// Makes the registers' rows again from the governance log and the subject vault alone. Entries do not say whom they are about; everybody in
/// the vault has one tag a month, so the tags of all of them tell it. An entry of a tag that is nobody's is of a person who was erased, and
/// whose rows the erasure removed. Idempotency keys are kept as they stand: they are a cache of answers, and in no log.
/// </summary>
public sealed class RegisterRebuild(RegionLogs logs, SubjectVault vault, IStateRebuild rebuild)
{
    private readonly ITransparencyLog _log = logs.Governance;

    /// <summary>Rebuilds. Nothing else may write the log meanwhile.</summary>
    /// <exception cref="GovernanceException">An entry cannot be read, or does not open with the key of the person whose tag it carries. The old rows stand.</exception>
    public async ValueTask<StateRebuildReport> RunAsync(CancellationToken cancellationToken)
    {
        var size = _log.Latest.Size;
        var (months, erasures) = await SurveyAsync(size, cancellationToken);
        var tags = await TagsAsync(months, erasures, cancellationToken);
        return await rebuild.ReplaceAsync(ChangesAsync(size, tags, cancellationToken), [IdempotencyRegister.Register], cancellationToken);
    }

    private async IAsyncEnumerable<IndexedChange> ChangesAsync(long size, Dictionary<UInt128, Subject> tags, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _log.ReadAsync(0, size, cancellationToken))
        {
            if (Read(entry, tags) is { } @event)
            {
                foreach (var change in FoundingLog.Changes(@event))
                {
                    yield return new IndexedChange(entry.Index, change);
                }
            }
        }
    }

    private static GovernanceEvent? Read(StoredEntry entry, Dictionary<UInt128, Subject> tags)
    {
        var leaf = FoundingLog.Decode(entry);
        if (leaf.IsOpen)
        {
            return GovernanceRecords.Read(leaf.Kind, leaf.Body.Span);
        }

        if (!tags.TryGetValue(Short(leaf.Tag.Span), out var subject))
        {
            return null;
        }

        return RecordSealer.TryOpen(subject, entry, out var opened)
            ? GovernanceRecords.Read(leaf.Kind, opened.Record.Span, subject.Handle)
            : throw new GovernanceException($"Entry {entry.Index} of the governance log carries the tag of a person in the vault and does not open with their key.");
    }

    /// <summary>The months that sealed entries are of, as any moment in each, and the erasures that were ordered.</summary>
    private async ValueTask<(IReadOnlyCollection<long> Months, HashSet<string> Erasures)> SurveyAsync(long size, CancellationToken cancellationToken)
    {
        var (months, erasures) = (new Dictionary<int, long>(), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var entry in _log.ReadAsync(0, size, cancellationToken))
        {
            var leaf = FoundingLog.Decode(entry);
            if (!leaf.IsOpen)
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs);
                months.TryAdd((time.Year * 12) + time.Month, leaf.TimeMs);
            }
            else if (leaf.Kind == LeafKinds.ErasureOrdered && GovernanceRecords.Read(leaf.Kind, leaf.Body.Span) is ErasureOrdered ordered)
            {
                erasures.Add(ordered.Id);
            }
        }

        return (months.Values, erasures);
    }

    private async ValueTask<Dictionary<UInt128, Subject>> TagsAsync(IReadOnlyCollection<long> months, HashSet<string> erasures, CancellationToken cancellationToken)
    {
        // Ordered, and not carried out yet: their rows went with the order, although the vault still knows them.
        var leaving = (await vault.OrderedAsync(cancellationToken)).Where(ordered => erasures.Contains(ordered.Id))
            .SelectMany(ordered => ordered.Handles).Select(handle => new SubjectHandle(Convert.ToHexStringLower(handle.Span))).ToHashSet();
        var tags = new Dictionary<UInt128, Subject>();
        await foreach (var subject in vault.AllAsync(cancellationToken))
        {
            if (!leaving.Contains(subject.Handle))
            {
                foreach (var month in months)
                {
                    tags.Add(Short(subject.Tag(month)), subject);
                }
            }
        }

        return tags;
    }

    // Half of a tag tells people apart; opening the entry checks all of it.
    private static UInt128 Short(ReadOnlySpan<byte> tag) => BinaryPrimitives.ReadUInt128LittleEndian(tag);
}
