using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>What is looked for in the catalogue. A member that is null asks for nothing.</summary>
public sealed record CatalogueQuery
{
    /// <summary>Entries on a page where the query does not say.</summary>
    public const int DefaultLimit = 50;

    public const int MaxLimit = 200;

    /// <summary>Words, separated by spaces: each has to occur in a name, description, code, theme, category or field of the entry; case does not matter.</summary>
    public string? Text { get; init; }

    /// <summary>Member code.</summary>
    public string? Provider { get; init; }

    public ShareClass? ShareClass { get; init; }

    public string? Classification { get; init; }

    /// <summary>Whether it has a field with personal information.</summary>
    public bool? Personal { get; init; }

    /// <summary>Whether it has a sensitive field.</summary>
    public bool? Sensitive { get; init; }

    /// <summary>State of the newest published revision, or of the draft.</summary>
    public RevisionState? State { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Code of the last entry of the page before; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>A page of what was found, by code.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Next">Where the next page begins: the last code of this one. Null on the last.</param>
public sealed record CataloguePage(IReadOnlyList<CatalogueEntry> Entries, int Total, string? Next);
