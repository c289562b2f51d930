using System.Text.Json.Serialization;

namespace DataExchange.Contracts.Agreements;

/// <summary>Body of a step that gives a reason. It stands in the open log: no personal data.</summary>
/// <param name="Reason">Why, in 1 to 1000 characters.</param>
public sealed record AgreementReason(string Reason);

/// <summary>Body of <c>POST /v1/agreements/{id}/extend</c>.</summary>
/// <param name="Days">Working days, 1 to 10.</param>
/// <param name="Reason">Why.</param>
public sealed record AgreementExtension(int Days, string Reason);

/// <summary>Body of <c>POST /v1/agreements/{id}/approve</c>.</summary>
/// <param name="Approval">The member's signature under the revision, a compact JWS; <c>dx agreement sign</c> makes it.</param>
public sealed record AgreementApproval(string Approval);

/// <summary>Body of <c>POST /v1/agreements/{id}/refuse</c>.</summary>
/// <param name="Reasons">At least one.</param>
public sealed record AgreementRefusal(IReadOnlyList<AgreementRefusalReason> Reasons);

/// <summary>One reason of a refusal.</summary>
public sealed record AgreementRefusalReason
{
    /// <summary><c>form-fault</c>, <c>condition-not-met</c> or <c>dataset-changed</c>.</summary>
    public required string Ground { get; init; }

    /// <summary>What is amiss, for people. No personal data.</summary>
    public required string Detail { get; init; }

    /// <summary>With a fault of form: where in the request, as a JSON path such as <c>$.scenario</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? At { get; init; }

    /// <summary>With a condition that is not met: the condition as the catalogue's entry has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Condition { get; init; }
}
