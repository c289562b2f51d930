using DataExchange.Policy.Model;

namespace DataExchange.Policy.Agreements;

/// <summary>A revision of an agreement and where it stands.</summary>
public sealed record AgreementEntry(SharingAgreement Agreement, AgreementState State)
{
    /// <summary>Index of the newest governance entry about it.</summary>
    public long LogIndex { get; init; }
}
