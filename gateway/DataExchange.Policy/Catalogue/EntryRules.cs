using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>
/// What an entry has to say before it can be reviewed: everything that Order 809 art. 13 asks of the catalogue, the conditions one by one
/// (art. 14) or the citation that prohibits, and the impact assessment where data are sensitive (PIPL art. 55). Entries of founding files
/// may be older than these rules.
/// </summary>
public static class EntryRules
{
    /// <summary>Everything that is missing or wrong; empty for an entry that can be reviewed.</summary>
    public static IReadOnlyList<FoundingFault> Faults(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var faults = new FoundingFaults();
        DatasetRules.Check(dataset, "$", faults);
        faults.Require(dataset.Descriptions is not null, "$.descriptions", "is missing; say in 'zh' and 'en' what the data are.");
        faults.Require(dataset.Theme is not null, "$.theme", "is missing; give the subject category, a code.");
        faults.Require(dataset.Grade is not null, "$.grade", "is missing; use General, Important or Core.");
        faults.Require(dataset.ShareClass != ShareClass.Prohibited || dataset.Prohibition is not null, "$.prohibition", "is missing; cite the provision that prohibits sharing.");
        faults.Require(dataset.ShareClass != ShareClass.Conditional || dataset.ShareConditions is { Count: > 0 }, "$.shareConditions", "is missing; name each condition with a code, for nothing else can be a ground of refusal.");
        faults.Require(dataset.ShareClass == ShareClass.Prohibited || dataset.Modes is not null, "$.modes", "is missing; list Query, Batch or both.");
        faults.Require(dataset.ShareClass == ShareClass.Prohibited || dataset.ConditionsOfUse is not null, "$.conditionsOfUse", "is missing; say in 'zh' and 'en' what a receiver may do with the data.");
        for (var i = 0; i < dataset.Fields.Count; i++)
        {
            faults.Require(dataset.Fields[i].Names is not null, $"$.fields[{i}].names", "is missing; name the data item in 'zh' and 'en'.");
        }

        return faults.All;
    }

    /// <summary>Whether the entry fits a leaf of the log with room for who wrote it and when.</summary>
    internal static bool Fits(Dataset dataset) => GovernanceRecords.Write(new DatasetPublished(dataset)).Length <= FoundingFile.MaxRecordLength - 1_000;
}
