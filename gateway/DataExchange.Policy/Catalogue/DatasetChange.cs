using System.Text.Json.Serialization;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>How one revision of a dataset differs from another.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatasetChangeKind>))]
public enum DatasetChangeKind
{
    None = 0,
    SubjectSchemeChanged,
    FormatChanged,
    UpdateFrequencyChanged,
    ShareClassTightened,
    ShareClassLoosened,
    ConditionsReworded,
    ConditionsItemised,
    ConditionAdded,
    ConditionRemoved,
    ConditionReworded,
    ProhibitionChanged,
    ConditionsOfUseStated,
    ConditionsOfUseChanged,
    ClassificationChanged,
    GradeRaised,
    GradeLowered,
    ModeAdded,
    ModeRemoved,
    AssessmentChanged,
    DescriptionChanged,
    FieldAdded,
    FieldRemoved,
    TypeChanged,
    BecameNullable,
    NoLongerNullable,
    BecameSensitive,
    NoLongerSensitive,
    CategoryChanged,
    MaxLengthGrown,
    MaxLengthShrunk,
    TransformAdded,
    TransformRemoved,
    FieldNamesChanged,
}

/// <summary>One difference between two revisions of a dataset.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Field">The field concerned; null for the dataset as a whole.</param>
/// <param name="Before">The older value, in few words; null for nothing.</param>
/// <param name="After">The newer value, in few words; null for nothing.</param>
/// <param name="Breaking">Whether an agreement over the older revision that relies on this cannot go on.</param>
/// <param name="Why">Why it breaks, or why not.</param>
public sealed record DatasetChange(
    DatasetChangeKind Kind,
    string? Field,
    string? Before,
    string? After,
    bool Breaking,
    string Why)
{
    /// <summary>Whether an agreement stands on what the change takes away: a change of a field that it does not grant, of a transform or of a mode that it does not use, leaves it alone.</summary>
    internal bool Breaks(SharingAgreement agreement)
    {
        if (!Breaking)
        {
            return false;
        }

        if (Kind == DatasetChangeKind.ModeRemoved)
        {
            return agreement.Mode == ExchangeMode.QueryAndBatch || agreement.Mode.ToString() == Before;
        }

        if (Field is null)
        {
            return true;
        }

        for (var i = 0; i < agreement.Grants.Count; i++)
        {
            var fields = agreement.Grants[i].Fields;
            for (var j = 0; j < fields.Count; j++)
            {
                if (fields[j].Name == Field && (Kind != DatasetChangeKind.TransformRemoved || fields[j].Transform.ToString() == Before))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
