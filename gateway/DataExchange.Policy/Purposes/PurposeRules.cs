using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Purposes;

/// <summary>What a purpose may say, in a founding file or in a proposal.</summary>
internal static class PurposeRules
{
    /// <param name="purpose">The purpose.</param>
    /// <param name="findDataset">The datasets that its limits may name.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Check(Purpose purpose, Func<string, Dataset?> findDataset, string path, FoundingFaults faults)
    {
        faults.RequireCode(purpose.Code, path + ".code");
        faults.RequireNames(purpose.Names, path + ".names");
        faults.RequireText(purpose.Service, path + ".service");
        faults.Require(purpose.RetentionDays > 0, path + ".retentionDays", $"{purpose.RetentionDays} is no term; give days, at least 1.");
        foreach (var (code, fields) in purpose.Limits)
        {
            var dataset = findDataset(code);
            faults.Require(dataset is not null, $"{path}.limits", $"'{code}' is no dataset here.");
            foreach (var field in fields.Where(f => dataset is not null && dataset.FindField(f) is null))
            {
                faults.Add($"{path}.limits['{code}']", $"'{field}' is no field of {code}.");
            }
        }
    }
}
