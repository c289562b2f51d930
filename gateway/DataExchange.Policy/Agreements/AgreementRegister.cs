using System.Collections.Immutable;

namespace DataExchange.Policy.Agreements;

/// <summary>The agreements at one size of the governance log. Immutable: an event costs the depth of the tree, not its size.</summary>
public sealed class AgreementRegister
{
    internal static readonly AgreementRegister Empty = new(
        ImmutableDictionary.Create<string, AgreementRecord>(StringComparer.Ordinal),
        ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>>.Empty,
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, AgreementRecord> _byId;
    private readonly ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>> _byUse;
    private readonly ImmutableDictionary<string, ImmutableArray<string>> _consumers;

    private AgreementRegister(
        ImmutableDictionary<string, AgreementRecord> byId,
        ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>> byUse,
        ImmutableDictionary<string, ImmutableArray<string>> consumers)
    {
        _byId = byId;
        _byUse = byUse;
        _consumers = consumers;
    }

    /// <summary>Every agreement that ever was in force, with the revision that is or was last.</summary>
    public IEnumerable<AgreementEntry> All => _byId.Values.Select(record => record.Current).OfType<AgreementEntry>();

    /// <summary>Everything that was ever drafted or in force, by id, in no order.</summary>
    public IEnumerable<AgreementRecord> Records => _byId.Values;

    /// <summary>The revision of this agreement that is, or was last, in force.</summary>
    public AgreementEntry? Find(string id) => _byId.GetValueOrDefault(id)?.Current;

    /// <summary>What there is under an id, the revision that is being agreed on included.</summary>
    public AgreementRecord? FindRecord(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Agreements over a dataset that are or were in force, whatever its revision.</summary>
    public IReadOnlyList<AgreementEntry> Over(string dataset) =>
        [.. _consumers.GetValueOrDefault(dataset, []).SelectMany(consumer => Between(consumer, dataset))];

    /// <summary>Agreements of a consumer over a dataset that are or were in force, the oldest change first.</summary>
    public IReadOnlyList<AgreementEntry> Between(string consumer, string dataset) => _byUse.TryGetValue((consumer, dataset), out var entries) ? entries : [];

    internal AgreementRegister Apply(AgreementEvent @event, long index, DateTimeOffset time) =>
        Set(AgreementFold.Apply(FindRecord(@event.Id) ?? new AgreementRecord(@event.Id), @event, index, time));

    private AgreementRegister Set(AgreementRecord record)
    {
        var earlier = Find(record.Id);
        var byId = _byId.SetItem(record.Id, record);
        if (record.Current is not { } current || ReferenceEquals(current, earlier))
        {
            return new AgreementRegister(byId, _byUse, _consumers);
        }

        var byUse = _byUse;
        if (earlier?.Agreement is { } old)
        {
            byUse = byUse.SetItem((old.Consumer, old.Dataset), byUse[(old.Consumer, old.Dataset)].RemoveAll(other => other.Agreement.Id == record.Id));
        }

        var use = (current.Agreement.Consumer, current.Agreement.Dataset);
        var consumers = _consumers.GetValueOrDefault(use.Dataset, []);
        return new AgreementRegister(
            byId,
            byUse.SetItem(use, byUse.GetValueOrDefault(use, []).Add(current)),
            consumers.Contains(use.Consumer) ? _consumers : _consumers.SetItem(use.Dataset, consumers.Add(use.Consumer)));
    }
}
