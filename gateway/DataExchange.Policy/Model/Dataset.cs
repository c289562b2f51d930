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
    /// <summary>The conditions, or the provision that prohibits sharing, in free words. Older entries have nothing else; newer ones name <see cref="ShareConditions"/> or <see cref="Prohibition"/>.</summary>
    public string? Conditions { get; init; }
    public required string Classification { get; init; }
    /// <summary>Reference of the personal information protection impact assessment (PIPL art. 55).</summary>
    public string? ImpactAssessment { get; init; }

    // What follows came later. Absent members are left out, so that older entries keep their canonical form.

    /// <summary>What the data are, for a reader who does not know the register.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LocalizedText? Descriptions { get; init; }

    /// <summary>Subject category of the catalogue (分类), a code, for instance <c>population</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Theme { get; init; }

    /// <summary>Grade (分级) by the Data Security Law.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataGrade? Grade { get; init; }

    /// <summary>How it is shared (共享方式): <see cref="ExchangeMode.Query"/>, <see cref="ExchangeMode.Batch"/> or both; null for whatever an agreement says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExchangeMode>? Modes { get; init; }

    /// <summary>The conditions of sharing, one by one; only these can be a ground of refusal (Order 809 art. 14, 15).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShareCondition>? ShareConditions { get; init; }

    /// <summary>Citation of the law, regulation or State Council decision that prohibits sharing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prohibition { get; init; }

    /// <summary>What a receiver may do with the data, and what not (使用条件).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LocalizedText? ConditionsOfUse { get; init; }

    /// <summary>Reference of the assessment of secrecy risks that goes before an entry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecrecyAssessment { get; init; }

    /// <summary>Member code of the providing department: the first part of the code.</summary>
    public string ProviderCode() => Code[..Code.IndexOf('/', StringComparison.Ordinal)];

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
