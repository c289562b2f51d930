using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Purposes;

/// <summary>The purposes at one size of the governance log. Immutable.</summary>
public sealed class PurposeRegister
{
    internal static readonly PurposeRegister Empty = new(
        ImmutableDictionary.Create<string, Purpose>(StringComparer.Ordinal), ImmutableDictionary.Create<string, long>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, Purpose> _registered;
    private readonly ImmutableDictionary<string, long> _versions;

    private PurposeRegister(ImmutableDictionary<string, Purpose> registered, ImmutableDictionary<string, long> versions) => (_registered, _versions) = (registered, versions);

    /// <summary>Those that may be asked for.</summary>
    public IEnumerable<Purpose> All => _registered.Values;

    /// <summary>The registered purpose; null for one that was withdrawn or never was.</summary>
    public Purpose? Find(string code) => _registered.GetValueOrDefault(code);

    /// <summary>Index of the newest governance entry about it; null where there is none.</summary>
    public long? VersionOf(string code) => _versions.TryGetValue(code, out var index) ? index : null;

    internal PurposeRegister Apply(PurposeEvent @event, long index) => new(
        @event switch
        {
            PurposeRegistered { Purpose: var purpose } => _registered.SetItem(purpose.Code, purpose),
            PurposeWithdrawn => _registered.Remove(@event.Code),
            _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
        },
        _versions.SetItem(@event.Code, index));
}
