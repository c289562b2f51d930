using System.Buffers;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Matters;

/// <summary>Rules about what a matter may say: everything it names exists, and it asks for nothing that its purposes do not need.</summary>
public static class MatterRules
{
    private const int MaxNeeds = 32;
    private const int MaxOpenDays = 366;
    private const int MaxPosition = 100;

    private static readonly SearchValues<char> PositionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary>Every fault of a revision that is to be defined under these rules; empty for none.</summary>
    public static IReadOnlyList<FoundingFault> Faults(Matter matter, RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(matter);
        ArgumentNullException.ThrowIfNull(rules);
        var faults = new FoundingFaults();
        var newest = rules.Matters.Find(matter.Code)?.Matter.Revision ?? 0;
        faults.Require(matter.Revision == newest + 1, "$.revision", $"{matter.Revision} does not follow revision {newest}; write {newest + 1}.");
        Check(matter, new Known(id => rules.FindMemberByClient(id) is not null, rules.FindDataset, rules.FindPurpose), "$", faults);
        return faults.All;
    }

    internal static void Check(FoundingDocument document, FoundingFaults faults)
    {
        var matters = document.Matters ?? [];
        var known = new Known(
            id => document.Members.Any(member => member.Clients.Any(client => client.ClientId == id)),
            code => document.Datasets.FirstOrDefault(dataset => dataset.Code == code),
            code => document.Purposes.FirstOrDefault(purpose => purpose.Code == code));
        faults.RequireUnique(matters.Select(matter => matter.Code), "$.matters");
        for (var i = 0; i < matters.Count; i++)
        {
            faults.Require(matters[i].Revision >= 1, $"$.matters[{i}].revision", $"{matters[i].Revision} is no revision; count from 1.");
            Check(matters[i], known, $"$.matters[{i}]", faults);
        }
    }

    private static void Check(Matter matter, Known known, string path, FoundingFaults faults)
    {
        faults.RequireCode(matter.Code, path + ".code");
        faults.RequireNames(matter.Names, path + ".names");
        faults.RequireText(matter.Service, path + ".service");
        faults.Require(matter.OpenDays is >= 1 and <= MaxOpenDays, path + ".openDays", $"{matter.OpenDays} is out of bounds; use 1 to {MaxOpenDays}.");
        faults.Require(matter.RetentionDays >= 1, path + ".retentionDays", $"{matter.RetentionDays} is no term; give days, at least 1.");
        faults.RequireUnique(matter.Desks, path + ".desks");
        foreach (var desk in matter.Desks.Where(desk => !known.HasClient(desk)))
        {
            faults.Add(path + ".desks", $"'{desk}' is no client of a member.");
        }

        faults.Require(matter.Needs.Count is >= 1 and <= MaxNeeds, path + ".needs", $"has {matter.Needs.Count} needs; name 1 to {MaxNeeds}.");
        faults.Require(matter.Needs.Any(need => need.Necessity == Necessity.Required), path + ".needs", "requires nothing; a matter that needs no record needs no case.");
        faults.RequireUnique(matter.Needs.Select(need => need.Code), path + ".needs");
        for (var i = 0; i < matter.Needs.Count; i++)
        {
            CheckNeed(matter, matter.Needs[i], known, $"{path}.needs[{i}]", faults);
        }

        CheckForm(matter, path + ".form", faults);
    }

    private static void CheckNeed(Matter matter, MatterNeed need, Known known, string path, FoundingFaults faults)
    {
        faults.RequireCode(need.Code, path + ".code");
        faults.RequireNames(need.Why, path + ".why");
        faults.Require(need.Necessity != Necessity.None, path + ".necessity", "is missing; use Required or Optional.");
        CheckSpared(need.Document, matter.Needs.Select(other => other.Document), path + ".document", faults);
        CheckSpared(need.Counter, matter.Needs.Select(other => other.Counter), path + ".counter", faults);

        var (dataset, purpose) = (known.Dataset(need.Dataset), known.Purpose(need.Purpose));
        faults.Require(dataset is not null, path + ".dataset", $"'{need.Dataset}' is no dataset of this region.");
        faults.Require(dataset is not { ShareClass: ShareClass.Prohibited }, path + ".dataset", $"sharing of {need.Dataset} is prohibited, so no matter can need it.");
        faults.Require(purpose is not null, path + ".purpose", $"'{need.Purpose}' is no purpose of this region.");
        faults.Require(purpose is null || matter.RetentionDays <= purpose.RetentionDays, path + ".purpose", $"'{need.Purpose}' allows {purpose?.RetentionDays} days; the matter keeps for {matter.RetentionDays}.");
        faults.Require(need.Fields.Count > 0, path + ".fields", "is empty; name the fields that the matter needs.");
        faults.RequireUnique(need.Fields, path + ".fields");
        foreach (var field in need.Fields)
        {
            faults.Require(dataset is null || dataset.FindField(field) is not null, path + ".fields", $"'{field}' is no field of {need.Dataset}.");
            faults.Require(
                purpose is null || (purpose.Limits.GetValueOrDefault(need.Dataset)?.Contains(field) ?? false), path + ".fields",
                $"the purpose does not need '{field}'; add it to the purpose's limits or leave it out.");
        }
    }

    /// <summary>One code, one thing: otherwise a count of codes would count something else than it says.</summary>
    private static void CheckSpared(Spared spared, IEnumerable<Spared> all, string path, FoundingFaults faults)
    {
        faults.RequireCode(spared.Code, path + ".code");
        faults.RequireNames(spared.Names, path + ".names");
        faults.Require(
            all.Where(other => other.Code == spared.Code).All(other => other.Names.Count == spared.Names.Count && !other.Names.Except(spared.Names).Any()),
            path + ".names", $"'{spared.Code}' has other names in another need of this matter.");
    }

    private static void CheckForm(Matter matter, string path, FoundingFaults faults)
    {
        faults.RequireUnique(matter.Form.Select(entry => entry.Position), path);
        for (var i = 0; i < matter.Form.Count; i++)
        {
            var entry = matter.Form[i];
            faults.Require(matter.FindNeed(entry.Need)?.Fields.Contains(entry.Field) ?? false, $"{path}[{i}]", $"no need '{entry.Need}' of this matter asks for '{entry.Field}'.");
            faults.Require(
                entry.Position.Length is >= 1 and <= MaxPosition && !entry.Position.AsSpan().ContainsAnyExcept(PositionCharacters), $"{path}[{i}].position",
                $"is no position; use 1 to {MaxPosition} letters, digits, dots and hyphens.");
        }
    }

    /// <summary>What a matter may name.</summary>
    private sealed record Known(Func<string, bool> HasClient, Func<string, Dataset?> Dataset, Func<string, Purpose?> Purpose);
}
