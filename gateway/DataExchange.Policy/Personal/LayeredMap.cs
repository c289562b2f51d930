using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Policy.Personal;

/// <summary>
/// A persistent map in two layers: what was there when it was filled, in one table that never changes and that all later versions share,
/// and over it a tree of what changed since. A change costs the depth of that tree, a look-up hardly more than the table's, and a million
/// entries are filled in a fraction of the time that a tree of them takes.
/// </summary>
internal sealed class LayeredMap<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _filled;
    private readonly ImmutableDictionary<TKey, Change> _changes;

    private LayeredMap(Dictionary<TKey, TValue> filled, ImmutableDictionary<TKey, Change> changes, int count) =>
        (_filled, _changes, Count) = (filled, changes, count);

    /// <param name="filled">What it holds. The map's own from here on.</param>
    public LayeredMap(Dictionary<TKey, TValue> filled)
        : this(filled, ImmutableDictionary.Create<TKey, Change>(filled.Comparer), filled.Count)
    {
    }

    public int Count { get; }

    public IEnumerable<TValue> Values =>
        _filled.Where(entry => !_changes.ContainsKey(entry.Key)).Select(entry => entry.Value)
            .Concat(_changes.Values.Where(change => change.IsThere).Select(change => change.Value!));

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_changes.IsEmpty && _changes.TryGetValue(key, out var change))
        {
            value = change.Value;
            return change.IsThere;
        }

        return _filled.TryGetValue(key, out value);
    }

    public LayeredMap<TKey, TValue> Set(TKey key, TValue value) =>
        new(_filled, _changes.SetItem(key, new Change(value, IsThere: true)), TryGet(key, out _) ? Count : Count + 1);

    public LayeredMap<TKey, TValue> Remove(TKey key) => !TryGet(key, out _)
        ? this
        : new(_filled, _filled.ContainsKey(key) ? _changes.SetItem(key, default) : _changes.Remove(key), Count - 1);

    /// <summary>The zero value hides what the table holds.</summary>
    private readonly record struct Change(TValue? Value, bool IsThere);
}
