using DataExchange.Contracts.Log;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>The consumer wrote a revision, or wrote its draft anew.</summary>
public sealed record AgreementDrafted(SharingAgreement Agreement) : AgreementEvent(LeafKinds.AgreementDrafted, Agreement.Id);

/// <summary>The consumer asks for what it drafted. <paramref name="Clock"/> is the clock that runs for the provider's answer.</summary>
public sealed record AgreementRequested(string Id, int Revision, string Clock) : AgreementEvent(LeafKinds.AgreementRequested, Id);

/// <summary>The provider wants to know more before it answers. Its clock stands still.</summary>
public sealed record AgreementSupplementRequested(string Id, int Revision, string Reason) : AgreementEvent(LeafKinds.AgreementSupplementRequested, Id);

/// <summary>The consumer completed the request: the same revision in new words, so signatures under the old ones are void. The clock begins anew.</summary>
public sealed record AgreementSupplemented(SharingAgreement Agreement, string Clock) : AgreementEvent(LeafKinds.AgreementSupplemented, Agreement.Id);

/// <summary>The provider takes longer, once, by so many working days.</summary>
public sealed record AgreementExtended(string Id, int Revision, int Days, string Reason) : AgreementEvent(LeafKinds.AgreementExtended, Id);

/// <summary>A party signed.</summary>
/// <param name="Id">Id of the agreement.</param>
/// <param name="Revision">The revision signed.</param>
/// <param name="Member">Who.</param>
/// <param name="Approval">The signature, a compact JWS.</param>
/// <param name="Missing">Parties whose signatures are still missing; with none missing it is approved, and the clock of the provision runs.</param>
public sealed record AgreementApproved(string Id, int Revision, string Member, string Approval, IReadOnlyList<string> Missing) : AgreementEvent(LeafKinds.AgreementApproved, Id);

/// <summary>A party whose signature is needed refuses.</summary>
public sealed record AgreementRefused(string Id, int Revision, string Member, IReadOnlyList<RefusalReason> Reasons) : AgreementEvent(LeafKinds.AgreementRefused, Id);

/// <summary>The consumer takes its request back.</summary>
public sealed record AgreementWithdrawn(string Id, int Revision, string Reason) : AgreementEvent(LeafKinds.AgreementWithdrawn, Id);

/// <summary>It permits again.</summary>
public sealed record AgreementResumed(string Id, string Member, string Reason) : AgreementEvent(LeafKinds.AgreementResumed, Id);

/// <summary>It has ended for good, and with it whatever revision was being agreed on.</summary>
public sealed record AgreementTerminated(string Id, string Member, string Reason) : AgreementEvent(LeafKinds.AgreementTerminated, Id);

/// <summary>A clock was missed. Once for each clock.</summary>
/// <param name="Id">Id of the agreement.</param>
/// <param name="Revision">The revision that waits.</param>
/// <param name="Clock">Code of the clock.</param>
/// <param name="Started">When it began.</param>
/// <param name="Due">When the answer was due.</param>
/// <param name="Late">Who owes it.</param>
public sealed record AgreementEscalated(string Id, int Revision, string Clock, DateTimeOffset Started, DateTimeOffset Due, string Late) : AgreementEvent(LeafKinds.AgreementEscalated, Id);
