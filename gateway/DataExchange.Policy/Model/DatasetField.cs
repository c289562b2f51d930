using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

[JsonConverter(typeof(StrictEnumConverter<FieldType>))]
public enum FieldType { String, Integer, Number, Boolean, Date }

/// <summary>A field of a dataset.</summary>
public sealed record DatasetField
{
    public required string Name { get; init; }
    public required FieldType Type { get; init; }
    /// <summary>Category of personal data, a DPV-PD term, for instance <c>dpv-pd:Name</c>.</summary>
    public required string Category { get; init; }
    public bool Sensitive { get; init; }
    /// <summary>May the register have no value?</summary>
    public bool Nullable { get; init; }
    /// <summary>Longest text, in characters; 200 where the document does not say.</summary>
    // Not an initializer: generated deserialization sets every init member, one that is absent to zero.
    public int MaxLength { get => field == 0 ? 200 : field; init; }

    public required IReadOnlyList<FieldTransform> Transforms { get; init; }

    /// <summary>Name of the data item for people; older entries have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LocalizedText? Names { get; init; }

    /// <summary>Whether it is personal information: its category is a DPV-PD term.</summary>
    public bool IsPersonal() => Category.StartsWith("dpv-pd:", StringComparison.Ordinal);
}
