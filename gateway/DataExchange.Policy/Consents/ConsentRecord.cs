using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Consents;

/// <summary>A consent record (ISO/IEC TS 27560 in spirit and terms).</summary>
public sealed record ConsentRecord : PersonalRecord
{
    public required string Notice { get; init; }
    public required int NoticeRevision { get; init; }
    /// <summary>SHA-256 of the text shown, base64.</summary>
    public required string NoticeHash { get; init; }
    public required string Language { get; init; }
    public required string Purpose { get; init; }
    public required string Dataset { get; init; }
    public required string Recipient { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required ConsentKind Kind { get; init; }
    public required ConsentState State { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    public ExpressedBy ExpressedBy { get; init; }
    /// <summary>The mandate under which a guardian or an agent made the newest change; null where the person or a clerk did.</summary>
    public string? Mandate { get; init; }
    /// <summary>Client or user id of the clerk who assisted.</summary>
    public string? AssistedBy { get; init; }
    public string? EvidenceHash { get; init; }

    /// <summary>How many releases it permits, in all or in each <see cref="Period"/>; null for any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>Null where <see cref="MaxUses"/> are all there are.</summary>
    public ConsentPeriod? Period { get; init; }

    /// <summary>The uses that were counted in the period they fall into: indexes of the exchanges' intents in the access log. Null before the first.</summary>
    public IReadOnlyList<long>? Uses { get; init; }

    /// <summary>When the period of <see cref="Uses"/> began.</summary>
    public DateTimeOffset? UsesFrom { get; init; }
}
