using System.Text.Json.Serialization;

namespace DataExchange.Policy.Model;

/// <summary>A field within a grant.</summary>
public sealed record GrantedField
{
    public required string Name { get; init; }
    public required FieldTransform Transform { get; init; }
    /// <summary>Width of the band for <see cref="FieldTransform.Range"/>.</summary>
    public int? RangeWidth { get; init; }
    public required LegalBasis Basis { get; init; }
    /// <summary>The provision relied on; required unless the basis is consent.</summary>
    public string? Citation { get; init; }
    /// <summary>Whether a consent for this field has to be a separate one (PIPL art. 29).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SeparateConsent { get; init; }
}

/// <summary>What an agreement grants for one purpose.</summary>
public sealed record Grant
{
    public required string Purpose { get; init; }
    public required IReadOnlyList<GrantedField> Fields { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CaseRequired { get; init; }
    /// <summary>Obligations on the receiver; the ones understood are <c>delete-after-use</c> and <c>no-onward-transfer</c>. An unknown one refuses.</summary>
    public required IReadOnlyList<string> Obligations { get; init; }
}
