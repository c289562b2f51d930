using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>A revision of an agreement and where it stands.</summary>
public sealed record AgreementEntry(SharingAgreement Agreement, AgreementState State)
{
    /// <summary>Index of the newest governance entry about it.</summary>
    public long LogIndex { get; init; }

    /// <summary>Log time of the entry that brought it into its state.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Signatures under this very revision, in the order in which they were given.</summary>
    public IReadOnlyList<MemberApproval> Approvals { get; init; } = [];

    /// <summary>The clock that runs; null while nobody owes an answer.</summary>
    public AgreementClock? Clock { get; init; }

    /// <summary>Who brought it into its state, a member code; null for a rule of the agreement and for the founding file.</summary>
    public string? By { get; init; }

    /// <summary>Why it was sent back, withdrawn, suspended or terminated.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it was refused.</summary>
    public IReadOnlyList<RefusalReason> Refusal { get; init; } = [];

    /// <summary>
    /// Where it stands at a moment. Expiry is a matter of time and not of an event: once its term is over, nothing that is alive goes on,
    /// and a request that nobody answered in time can be answered no more.
    /// </summary>
    public AgreementState StateAt(DateTimeOffset now) =>
        State is AgreementState.Submitted or AgreementState.SupplementRequested or AgreementState.Approved or AgreementState.Active or AgreementState.Suspended
        && Agreement.ValidTo <= now ? AgreementState.Expired : State;
}

/// <summary>A party's signature under a revision.</summary>
/// <param name="Member">Member code.</param>
/// <param name="Jws">Compact JWS, see <see cref="Founding.Approval"/>.</param>
public sealed record MemberApproval(string Member, string Jws);
