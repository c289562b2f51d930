using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Mandates;

/// <summary>Somebody may act for the subject, the principal. Nobody becomes a delegate without having accepted it.</summary>
public sealed record MandateRecord : PersonalRecord
{
    public required MandateKind Kind { get; init; }

    /// <summary>Who may act.</summary>
    public required SubjectHandle Delegate { get; init; }

    /// <summary>Whose confirmation counts besides the delegate's own: a child's guardians, for instance.</summary>
    public required IReadOnlyList<SubjectHandle> Confirmers { get; init; }

    /// <summary>How many of <see cref="Confirmers"/> have to confirm.</summary>
    public required int Needed { get; init; }

    /// <summary>Those of <see cref="Confirmers"/> who did.</summary>
    public required IReadOnlyList<SubjectHandle> Confirmed { get; init; }

    /// <summary>Whether the delegate accepted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>What it is for: codes of purposes and of datasets, each by name. One that covers a request suffices.</summary>
    public required IReadOnlyList<string> Themes { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>End of the term, exclusive.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>As the newest event left it; <see cref="StateAt"/> knows of time.</summary>
    public required MandateState State { get; init; }

    /// <summary>Member code of the desk that registered it; null when the principal did.</summary>
    public string? RegisteredBy { get; init; }

    /// <summary>The clerk of the newest change; null when a party acted.</summary>
    public string? AssistedBy { get; init; }

    /// <summary>SHA-256 of the clerk's evidence, base64.</summary>
    public string? EvidenceHash { get; init; }

    /// <summary>Where it stands at a moment.</summary>
    public MandateState StateAt(DateTimeOffset now) =>
        State is MandateState.Requested or MandateState.Active && ValidTo <= now ? MandateState.Expired : State;

    /// <summary>Whether its delegate may act now for this person, in a matter of this purpose over this dataset.</summary>
    public bool Covers(SubjectHandle principal, string purpose, string dataset, DateTimeOffset now) =>
        Subject == principal && State == MandateState.Active && ValidFrom <= now && now < ValidTo && (Themes.Contains(purpose) || Themes.Contains(dataset));
}
