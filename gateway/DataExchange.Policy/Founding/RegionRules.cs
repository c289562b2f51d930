using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Purposes;

namespace DataExchange.Policy.Founding;

/// <summary>Rules about the region, its members and its purposes.</summary>
internal static class RegionRules
{
    public static void Check(FoundingDocument document, FoundingFaults faults)
    {
        faults.Require(
            document.Region.Length is > 0 and <= 100 && document.Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'),
            "$.region", $"'{document.Region}' is no region name; use lower-case letters, digits, dots and hyphens.");
        faults.RequireNames(document.Names, "$.names");
        faults.RequireUnique(document.Members.Select(m => m.Code), "$.members");
        faults.RequireUnique(document.Purposes.Select(p => p.Code), "$.purposes");
        faults.RequireUnique(document.Members.SelectMany(m => m.Clients).Select(c => c.ClientId), "$.members[*].clients");
        faults.Require(document.Members.Count(m => m.DataAuthority) <= 1, "$.members", "more than one member is the data authority; name one.");

        if (document.Witnesses is { } witnesses)
        {
            CheckWitnesses(witnesses, "$.witnesses", faults);
        }

        if (document.Quorum is { } quorum)
        {
            CheckQuorum(quorum, document.Members.Count, "$.quorum", faults);
        }

        foreach (var fault in document.Monitoring?.Faults() ?? [])
        {
            faults.Add("$.monitoring", fault);
        }

        for (var i = 0; i < document.Members.Count; i++)
        {
            MemberRules.Check(document.Members[i], $"$.members[{i}]", faults);
        }

        for (var i = 0; i < document.Purposes.Count; i++)
        {
            PurposeRules.Check(document.Purposes[i], code => document.Datasets.FirstOrDefault(d => d.Code == code), $"$.purposes[{i}]", faults);
        }
    }

    public static void CheckWitnesses(WitnessAppointment witnesses, string path, FoundingFaults faults)
    {
        faults.Require(witnesses.Mode != WitnessRequirement.None, path + ".mode", "is missing; use Async or Required.");
        faults.RequireText(witnesses.Policy, path + ".policy");
    }

    /// <summary>No member alone changes the rules, and all together can.</summary>
    public static void CheckQuorum(RegionQuorum quorum, int members, string path, FoundingFaults faults)
    {
        var fewest = Math.Min(2, members);
        faults.Require(quorum.Approvals >= fewest && quorum.Approvals <= members, path + ".approvals", $"{quorum.Approvals} of {members} members is no quorum; use {fewest} to {members}.");
    }
}
