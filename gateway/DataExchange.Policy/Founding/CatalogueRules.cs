using DataExchange.Policy.Catalogue;
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
        DatasetRules.Check(dataset, path, faults);
        faults.Require(document.Members.Any(m => dataset.Code.StartsWith(m.Code + "/", StringComparison.Ordinal)), path + ".code", $"no member of this file provides '{dataset.Code}'.");
    }

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
