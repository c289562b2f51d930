using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Matters;

namespace DataExchange.Policy.Model;

/// <summary>The region's founding file.</summary>
public sealed record FoundingDocument
{
    /// <summary>Name of the region, for instance <c>demo.example</c>; the first part of both log origins.</summary>
    public required string Region { get; init; }
    public required LocalizedText Names { get; init; }
    public required DateTimeOffset Founded { get; init; }
    public required IReadOnlyList<Member> Members { get; init; }
    public required IReadOnlyList<Purpose> Purposes { get; init; }
    public required IReadOnlyList<Dataset> Datasets { get; init; }
    public required IReadOnlyList<ConsentNotice> Notices { get; init; }
    public required IReadOnlyList<SignedAgreement> Agreements { get; init; }

    /// <summary>Null where the region has defined none.</summary>
    public IReadOnlyList<Matter>? Matters { get; init; }

    /// <summary>Null where nobody witnesses the logs.</summary>
    public WitnessAppointment? Witnesses { get; init; }

    /// <summary>Null where officials are not watched.</summary>
    public AnomalyRuleSet? Monitoring { get; init; }

    /// <summary>Null where more than half of the members decide.</summary>
    public RegionQuorum? Quorum { get; init; }
}
