using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>What any description of a dataset has to be, in a founding file as in the register.</summary>
internal static class DatasetRules
{
    public static void Check(Dataset dataset, string path, FoundingFaults faults)
    {
        faults.Require(Codes.IsDatasetCode(dataset.Code), path + ".code", $"'{dataset.Code}' is no dataset code; write member/name.");
        faults.Require(dataset.Revision >= 1, path + ".revision", $"{dataset.Revision} is no revision; count from 1.");
        faults.RequireNames(dataset.Names, path + ".names");
        faults.RequireText(dataset.SubjectScheme, path + ".subjectScheme");
        faults.RequireText(dataset.Format, path + ".format");
        faults.RequireText(dataset.UpdateFrequency, path + ".updateFrequency");
        faults.RequireText(dataset.Classification, path + ".classification");
        faults.Require(!dataset.Fields.Any(f => f.Sensitive) || !string.IsNullOrWhiteSpace(dataset.ImpactAssessment), path + ".impactAssessment", "a dataset with sensitive fields refers to its impact assessment (PIPL art. 55).");
        CheckSharing(dataset, path, faults);
        CheckDescription(dataset, path, faults);
        faults.Require(dataset.Fields.Count > 0, path + ".fields", "has no field; describe at least one.");
        faults.RequireUnique(dataset.Fields.Select(f => f.Name), path + ".fields");
        for (var i = 0; i < dataset.Fields.Count; i++)
        {
            CheckField(dataset.Fields[i], $"{path}.fields[{i}]", faults);
        }
    }

    private static void CheckSharing(Dataset dataset, string path, FoundingFaults faults)
    {
        var (isProhibited, isConditional) = (dataset.ShareClass == ShareClass.Prohibited, dataset.ShareClass == ShareClass.Conditional);
        var hasWords = !string.IsNullOrWhiteSpace(dataset.Conditions);
        faults.Require(!isProhibited || hasWords || dataset.Prohibition is not null, path + ".conditions", "a prohibited dataset cites the provision that prohibits.");
        faults.Require(!isConditional || hasWords || dataset.ShareConditions is { Count: > 0 }, path + ".conditions", "a conditional dataset names its conditions.");
        faults.Require(isProhibited || dataset.Prohibition is null, path + ".prohibition", "belongs to a prohibited dataset; leave it out, or change the share class.");
        faults.Require(isConditional || dataset.ShareConditions is null, path + ".shareConditions", "belongs to a conditional dataset; leave it out, or change the share class.");
        if (dataset.Prohibition is not null)
        {
            faults.RequireText(dataset.Prohibition, path + ".prohibition");
        }

        var conditions = dataset.ShareConditions ?? [];
        faults.RequireUnique(conditions.Select(c => c.Code), path + ".shareConditions");
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = $"{path}.shareConditions[{i}]";
            faults.RequireCode(conditions[i].Code, condition + ".code");
            faults.RequireNames(conditions[i].Names, condition + ".names");
            faults.Require(conditions[i].Citation is null || !string.IsNullOrWhiteSpace(conditions[i].Citation), condition + ".citation", "is empty; cite the provision, or leave it out.");
        }
    }

    private static void CheckDescription(Dataset dataset, string path, FoundingFaults faults)
    {
        if (dataset.Descriptions is { } descriptions)
        {
            faults.RequireNames(descriptions, path + ".descriptions");
        }

        if (dataset.ConditionsOfUse is { } use)
        {
            faults.RequireNames(use, path + ".conditionsOfUse");
        }

        if (dataset.Theme is { } theme)
        {
            faults.RequireCode(theme, path + ".theme");
        }

        faults.Require(dataset.SecrecyAssessment is null || !string.IsNullOrWhiteSpace(dataset.SecrecyAssessment), path + ".secrecyAssessment", "is empty; refer to the assessment, or leave it out.");
        faults.Require(dataset.Grade != DataGrade.None, path + ".grade", "is none; use General, Important or Core.");
        faults.Require(
            dataset.Modes is null || (dataset.Modes.Count > 0 && dataset.Modes.All(mode => mode is ExchangeMode.Query or ExchangeMode.Batch)),
            path + ".modes", "lists Query, Batch or both.");
        faults.RequireUnique((dataset.Modes ?? []).Select(mode => mode.ToString()), path + ".modes");
    }

    private static void CheckField(DatasetField field, string path, FoundingFaults faults)
    {
        faults.Require(Codes.IsFieldName(field.Name), path + ".name", $"'{field.Name}' is no field name; use letters, digits and underscores, a lower-case letter first.");
        faults.RequireText(field.Category, path + ".category");
        faults.Require(field.MaxLength is >= 1 and <= 10_000, path + ".maxLength", $"{field.MaxLength} is out of bounds; use 1 to 10000.");
        faults.Require(field.Transforms.Count > 0, path + ".transforms", "is empty; name the transforms that agreements may use.");
        if (field.Names is { } names)
        {
            faults.RequireNames(names, path + ".names");
        }

        foreach (var transform in field.Transforms.Where(t => !Suits(t, field.Type)))
        {
            faults.Add(path + ".transforms", $"'{transform}' does not suit a field of the type {field.Type}.");
        }
    }

    /// <summary>Whether a transform makes sense for values of a type.</summary>
    private static bool Suits(FieldTransform transform, FieldType type) => transform switch
    {
        FieldTransform.Full or FieldTransform.Boolean => true,
        FieldTransform.Mask => type == FieldType.String,
        FieldTransform.YearOnly => type == FieldType.Date,
        FieldTransform.Range => type is FieldType.Integer or FieldType.Number,
        _ => false,
    };
}
