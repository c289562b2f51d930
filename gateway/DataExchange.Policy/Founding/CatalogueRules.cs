using DataExchange.Policy.Model;

namespace DataExchange.Policy.Founding;

/// <summary>Rules about datasets and notices.</summary>
internal static class CatalogueRules
{
    public static void Check(FoundingDocument document, FoundingFaults faults)
    {
        faults.RequireUnique(document.Datasets.Select(d => d.Code), "$.datasets");
        faults.RequireUnique(document.Notices.Select(n => n.Code), "$.notices");
        for (var i = 0; i < document.Datasets.Count; i++)
        {
            CheckDataset(document, document.Datasets[i], $"$.datasets[{i}]", faults);
        }

        for (var i = 0; i < document.Notices.Count; i++)
        {
            CheckNotice(document, document.Notices[i], $"$.notices[{i}]", faults);
        }
    }

    private static void CheckDataset(FoundingDocument document, Dataset dataset, string path, FoundingFaults faults)
    {
        faults.Require(Codes.IsDatasetCode(dataset.Code), path + ".code", $"'{dataset.Code}' is no dataset code; write member/name.");
        faults.Require(document.Members.Any(m => dataset.Code.StartsWith(m.Code + "/", StringComparison.Ordinal)), path + ".code", $"no member of this file provides '{dataset.Code}'.");
        faults.Require(dataset.Revision >= 1, path + ".revision", $"{dataset.Revision} is no revision; count from 1.");
        faults.RequireNames(dataset.Names, path + ".names");
        faults.RequireText(dataset.SubjectScheme, path + ".subjectScheme");
        faults.RequireText(dataset.Format, path + ".format");
        faults.RequireText(dataset.UpdateFrequency, path + ".updateFrequency");
        faults.RequireText(dataset.Classification, path + ".classification");
        faults.Require(dataset.ShareClass != ShareClass.Prohibited || !string.IsNullOrWhiteSpace(dataset.Conditions), path + ".conditions", "a prohibited dataset cites the provision that prohibits.");
        faults.Require(dataset.ShareClass != ShareClass.Conditional || !string.IsNullOrWhiteSpace(dataset.Conditions), path + ".conditions", "a conditional dataset names its conditions.");
        faults.Require(!dataset.Fields.Any(f => f.Sensitive) || !string.IsNullOrWhiteSpace(dataset.ImpactAssessment), path + ".impactAssessment", "a dataset with sensitive fields refers to its impact assessment (PIPL art. 55).");
        faults.Require(dataset.Fields.Count > 0, path + ".fields", "has no field; describe at least one.");
        faults.RequireUnique(dataset.Fields.Select(f => f.Name), path + ".fields");
        for (var i = 0; i < dataset.Fields.Count; i++)
        {
            CheckField(dataset.Fields[i], $"{path}.fields[{i}]", faults);
        }
    }

    private static void CheckField(DatasetField field, string path, FoundingFaults faults)
    {
        faults.Require(Codes.IsFieldName(field.Name), path + ".name", $"'{field.Name}' is no field name; use letters, digits and underscores, a lower-case letter first.");
        faults.RequireText(field.Category, path + ".category");
        faults.Require(field.MaxLength is >= 1 and <= 10_000, path + ".maxLength", $"{field.MaxLength} is out of bounds; use 1 to 10000.");
        faults.Require(field.Transforms.Count > 0, path + ".transforms", "is empty; name the transforms that agreements may use.");
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

    private static void CheckNotice(FoundingDocument document, ConsentNotice notice, string path, FoundingFaults faults)
    {
        faults.RequireCode(notice.Code, path + ".code");
        faults.Require(notice.Revision >= 1, path + ".revision", $"{notice.Revision} is no revision; count from 1.");
        faults.RequireNames(notice.Texts, path + ".texts");
        faults.Require(document.Purposes.Any(p => p.Code == notice.Purpose), path + ".purpose", $"'{notice.Purpose}' is no purpose of this file.");
        faults.Require(document.Members.Any(m => m.Code == notice.Recipient), path + ".recipient", $"'{notice.Recipient}' is no member of this file.");
        var dataset = document.Datasets.FirstOrDefault(d => d.Code == notice.Dataset);
        faults.Require(dataset is not null, path + ".dataset", $"'{notice.Dataset}' is no dataset of this file.");
        faults.Require(notice.Fields.Count > 0, path + ".fields", "is empty; name the fields that the notice speaks of.");
        foreach (var field in notice.Fields.Where(f => dataset is not null && dataset.FindField(f) is null))
        {
            faults.Add(path + ".fields", $"'{field}' is no field of {notice.Dataset}.");
        }
    }
}
