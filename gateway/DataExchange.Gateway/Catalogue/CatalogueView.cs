using System.Text.Json.Serialization;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Answer of <c>GET /v1/catalogue</c>, as the governance log has it: what is registered, or with a query the entries that it finds.</summary>
/// <param name="Region">Name of the region.</param>
/// <param name="GovernanceSize">Size of the governance log that this reflects.</param>
public sealed record CatalogueView(string Region, long GovernanceSize)
{
    /// <summary>Departments, by code. Without a query, as the next three.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Member>? Members { get; init; }

    /// <summary>Published datasets, by code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Dataset>? Datasets { get; init; }

    /// <summary>Purposes, by code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Purpose>? Purposes { get; init; }

    /// <summary>Newest revision of each consent notice, by code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConsentNotice>? Notices { get; init; }

    /// <summary>Entries that the query finds, by code: a page of them. With a query, as the next two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EntrySummary>? Entries { get; init; }

    /// <summary>How many it finds on all pages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }

    /// <summary>The <c>cursor</c> of the next page; absent on the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }
}

/// <summary>An entry in a list.</summary>
/// <param name="Code"><c>{member}/{name}</c>.</param>
/// <param name="State">State of the newest revision that was published; <c>None</c> before the first.</param>
/// <param name="Draft">State of the revision that is being prepared; <c>None</c> for none.</param>
/// <param name="Revision">The newest revision that was published, or else the draft: what the rest speaks of.</param>
/// <param name="Names">Its names.</param>
/// <param name="ShareClass">How it is shared.</param>
/// <param name="Classification">Its level.</param>
/// <param name="Personal">Whether it has a field with personal information.</param>
/// <param name="Sensitive">Whether it has a sensitive field.</param>
/// <param name="Updated">When the entry last changed.</param>
public sealed record EntrySummary(
    string Code, RevisionState State, RevisionState Draft, int Revision, LocalizedText Names, ShareClass ShareClass, string Classification, bool Personal, bool Sensitive, DateTimeOffset Updated);
