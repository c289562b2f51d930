using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

[JsonConverter(typeof(StrictEnumConverter<ShareClass>))]
public enum ShareClass { Prohibited = 0, Conditional, Unconditional }

/// <summary>A revision of a dataset of the catalogue (目录).</summary>
public sealed record Dataset
{
    /// <summary><c>{member}/{name}</c>.</summary>
    public required string Code { get; init; }
    public required int Revision { get; init; }
    public required LocalizedText Names { get; init; }
    /// <summary>Scheme of the subjects it is about.</summary>
    public required string SubjectScheme { get; init; }
    public required IReadOnlyList<DatasetField> Fields { get; init; }
    public required string Format { get; init; }
    public required string UpdateFrequency { get; init; }
    public required ShareClass ShareClass { get; init; }
    /// <summary>The conditions, or the provision that prohibits sharing.</summary>
    public string? Conditions { get; init; }
    public required string Classification { get; init; }
    public string? ImpactAssessment { get; init; }

    public DatasetField? FindField(string name)
    {
        // By index: an enumerator of an interface is an object, and this is asked many times a decision.
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == name)
            {
                return Fields[i];
            }
        }

        return null;
    }
}
