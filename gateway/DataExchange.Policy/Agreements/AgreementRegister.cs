using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>The agreements at one size of the governance log. Immutable: an event costs the depth of the tree, not its size.</summary>
public sealed class AgreementRegister
{
    internal static readonly AgreementRegister Empty = new(
        ImmutableDictionary.Create<string, AgreementEntry>(StringComparer.Ordinal),
        ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>>.Empty,
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, AgreementEntry> _byId;
    private readonly ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>> _byUse;
    private readonly ImmutableDictionary<string, ImmutableArray<string>> _consumers;

    private AgreementRegister(
        ImmutableDictionary<string, AgreementEntry> byId,
        ImmutableDictionary<(string Consumer, string Dataset), ImmutableArray<AgreementEntry>> byUse,
        ImmutableDictionary<string, ImmutableArray<string>> consumers)
    {
        _byId = byId;
        _byUse = byUse;
        _consumers = consumers;
    }

    /// <summary>Every agreement that ever was in force, with the revision that is or was last.</summary>
    public IEnumerable<AgreementEntry> All => _byId.Values;

    /// <summary>The revision of this agreement that is, or was last, in force.</summary>
    public AgreementEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Agreements over a dataset, whatever its revision.</summary>
    public IReadOnlyList<AgreementEntry> Over(string dataset) =>
        [.. _consumers.GetValueOrDefault(dataset, []).SelectMany(consumer => Between(consumer, dataset))];

    /// <summary>Agreements of a consumer over a dataset, the oldest change first.</summary>
    public IReadOnlyList<AgreementEntry> Between(string consumer, string dataset) => _byUse.TryGetValue((consumer, dataset), out var entries) ? entries : [];

    internal AgreementRegister Apply(AgreementEvent @event, long index) => @event switch
    {
        AgreementActivated { Signed.Agreement: var agreement } => Set(new AgreementEntry(agreement, AgreementState.Active) { LogIndex = index }),
        AgreementSuspended => Set(_byId[@event.Id] with { State = AgreementState.Suspended, LogIndex = index }),
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    };

    private AgreementRegister Set(AgreementEntry entry)
    {
        var id = entry.Agreement.Id;
        var byUse = _byUse;
        if (Find(id)?.Agreement is { } earlier)
        {
            byUse = byUse.SetItem((earlier.Consumer, earlier.Dataset), byUse[(earlier.Consumer, earlier.Dataset)].RemoveAll(other => other.Agreement.Id == id));
        }

        var use = (entry.Agreement.Consumer, entry.Agreement.Dataset);
        var consumers = _consumers.GetValueOrDefault(use.Dataset, []);
        return new AgreementRegister(
            _byId.SetItem(id, entry),
            byUse.SetItem(use, byUse.GetValueOrDefault(use, []).Add(entry)),
            consumers.Contains(use.Consumer) ? _consumers : _consumers.SetItem(use.Dataset, consumers.Add(use.Consumer)));
    }
}
