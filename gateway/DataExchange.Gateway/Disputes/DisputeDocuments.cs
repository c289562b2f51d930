using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Disputes;

namespace DataExchange.Gateway.Disputes;

/// <summary>Body of <c>POST /v1/disputes</c>. No free text: the register is open for ever, and what is said belongs into documents of which it holds the digest.</summary>
/// <param name="Respondent">Code of the other member.</param>
/// <param name="Matter">What about.</param>
/// <param name="Reference">Id of the agreement, code of the dataset, or id of the correction.</param>
/// <param name="Ground">What the claimant says.</param>
public sealed record DisputeRequest(string Respondent, DisputeMatter Matter, string Reference, DisputeGround Ground);

/// <summary>Body of <c>/settle</c>.</summary>
/// <param name="Document">SHA-256 of the written settlement, base64.</param>
public sealed record DisputeSettlement(string Document);

/// <summary>Body of <c>/decide</c>.</summary>
/// <param name="Result">For whom.</param>
/// <param name="Document">SHA-256 of the written decision, base64.</param>
public sealed record DisputeRuling(DisputeResult Result, string Document);

/// <summary>A dispute as anyone may read it.</summary>
public sealed record DisputeView
{
    public required string Id { get; init; }
    public required DisputeState State { get; init; }
    public required string Claimant { get; init; }
    public required string Respondent { get; init; }
    public required DisputeMatter Matter { get; init; }
    public required string Reference { get; init; }
    public required DisputeGround Ground { get; init; }
    /// <summary>Since when it is on this rung, or has ended.</summary>
    public required DateTimeOffset Since { get; init; }
    /// <summary>When the rung is late.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Due { get; init; }
    public required bool Overdue { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DisputeResult Result { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Document { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
