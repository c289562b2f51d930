using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>An agreement with the signatures that make it active, as the founding file and the log hold it.</summary>
public sealed record SignedAgreement
{
    [JsonConverter(typeof(AgreementAsWrittenConverter))]
    public required SharingAgreement Agreement { get; init; }
    /// <summary>One compact JWS a party (provider, consumer, and the data authority where a field is sensitive): ES256, header <c>kid</c> = <c>{member}/{key id}</c>, payload = the base64url SHA-256 of the JCS form of the agreement as it is written here, as <c>{"agreement":"{id}@{revision}","sha256":"…"}</c>.</summary>
    public required IReadOnlyList<string> Approvals { get; init; }
    /// <summary>Active, or suspended with a reason from the start.</summary>
    public string? SuspendedBecause { get; init; }
}
