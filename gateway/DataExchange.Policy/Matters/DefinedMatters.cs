using System.Collections.Immutable;

namespace DataExchange.Policy.Matters;

/// <summary>A revision of a matter, and the governance entry that holds it.</summary>
/// <param name="Matter">The revision.</param>
/// <param name="LogIndex">Index of its entry.</param>
public sealed record DefinedMatter(Matter Matter, long LogIndex);

/// <summary>Every revision of every matter. Immutable.</summary>
public sealed class DefinedMatters
{
    internal static readonly DefinedMatters Empty = new(ImmutableDictionary.Create<string, ImmutableArray<DefinedMatter>>(StringComparer.Ordinal));

    // By code, the newest revision last.
    private readonly ImmutableDictionary<string, ImmutableArray<DefinedMatter>> _revisions;

    private DefinedMatters(ImmutableDictionary<string, ImmutableArray<DefinedMatter>> revisions) => _revisions = revisions;

    /// <summary>The newest revision of each, in no order.</summary>
    public IEnumerable<DefinedMatter> Newest => _revisions.Values.Select(revisions => revisions[^1]);

    /// <summary>The newest revision.</summary>
    public DefinedMatter? Find(string code) => _revisions.TryGetValue(code, out var revisions) ? revisions[^1] : null;

    /// <summary>A revision, however old.</summary>
    public DefinedMatter? Find(string code, int revision) =>
        _revisions.TryGetValue(code, out var revisions) ? revisions.LastOrDefault(defined => defined.Matter.Revision == revision) : null;

    internal DefinedMatters Apply(MatterDefined defined, long index) => new(_revisions.SetItem(
        defined.Matter.Code, _revisions.GetValueOrDefault(defined.Matter.Code, []).Add(new DefinedMatter(defined.Matter, index))));
}
