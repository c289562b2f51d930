using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Answer of <c>/v1/catalogue</c>: what is registered in the region, as the governance log has it.</summary>
/// <param name="Region">Name of the region.</param>
/// <param name="GovernanceSize">Size of the governance log that this reflects.</param>
/// <param name="Members">Departments, by code.</param>
/// <param name="Datasets">Published datasets, by code.</param>
/// <param name="Purposes">Purposes, by code.</param>
/// <param name="Notices">Newest revision of each consent notice, by code.</param>
public sealed record CatalogueView(
    string Region,
    long GovernanceSize,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Dataset> Datasets,
    IReadOnlyList<Purpose> Purposes,
    IReadOnlyList<ConsentNotice> Notices);
