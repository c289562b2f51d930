using System.Text.Json.Serialization;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Restrictions;

/// <summary>What keeps a person's records from being released.</summary>
public sealed record RestrictionRecord : PersonalRecord
{
    public required RestrictionKind Kind { get; init; }

    /// <summary>As the newest event left it; <see cref="StateAt"/> knows of time.</summary>
    public required RestrictionState State { get; init; }

    /// <summary>Of a hold: why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HoldReason Reason { get; init; }

    /// <summary>Of a hold: the file number of whoever asked for it.</summary>
    public string? Reference { get; init; }

    /// <summary>Of a hold: purposes that it does not hinder, a court's for instance. Of an objection: the purposes that it is about.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Of a hold: its end, exclusive. Extending it is its review.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Of a hold: the steward who asked for it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Of a hold: the reviewer who last confirmed it, somebody else.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>Where it stands at a moment.</summary>
    public RestrictionState StateAt(DateTimeOffset now) =>
        State is RestrictionState.Requested or RestrictionState.InForce && ValidTo <= now ? RestrictionState.Expired : State;

    /// <summary>A hold that hides the person from requests for this purpose.</summary>
    public bool Hides(string purpose, DateTimeOffset now) =>
        Kind == RestrictionKind.Hold && StateAt(now) == RestrictionState.InForce && !Purposes.Contains(purpose);

    /// <summary>An objection to this purpose. What a law demands goes on in spite of it (PIPL art. 44).</summary>
    public bool Forbids(string purpose, LegalBasis basis, DateTimeOffset now) =>
        Kind == RestrictionKind.Objection && StateAt(now) == RestrictionState.InForce && Purposes.Contains(purpose)
        && basis is not (LegalBasis.StatutoryDuty or LegalBasis.Emergency or LegalBasis.OtherLaw);
}
