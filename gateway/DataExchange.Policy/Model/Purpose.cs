namespace DataExchange.Policy.Model;

/// <summary>A purpose of use.</summary>
public sealed record Purpose
{
    public required string Code { get; init; }
    public required LocalizedText Names { get; init; }
    /// <summary>The public service it is for.</summary>
    public required string Service { get; init; }
    /// <summary>At most these fields, per dataset code.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Limits { get; init; }
    /// <summary>How long the receiver may keep what it got, in days.</summary>
    public required int RetentionDays { get; init; }
}
