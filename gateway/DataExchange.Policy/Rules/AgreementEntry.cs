using DataExchange.Policy.Model;

namespace DataExchange.Policy.Rules;

/// <summary>An agreement and where it stands.</summary>
public sealed record AgreementEntry(SharingAgreement Agreement, AgreementState State);
