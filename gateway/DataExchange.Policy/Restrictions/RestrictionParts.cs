using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Restrictions;

/// <summary>Who may know of a restriction: of a hold the data authority's stewards and the reviewers, of an objection the person.</summary>
public static class RestrictionParts
{
    /// <summary>What the caller is to it, in the words of <c>contracts/state-machines.md</c>; empty for a stranger.</summary>
    public static IReadOnlyList<string> Of(RestrictionRecord restriction, Party by, RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(restriction);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(rules);
        if (restriction.Kind == RestrictionKind.Objection)
        {
            return by.Self != default && by.Self == restriction.Subject ? ["person"] : [];
        }

        return
        [
            .. IsSteward(by, rules) ? ["steward"] : Array.Empty<string>(),
            .. by.Is(Roles.Reviewer) ? ["reviewer"] : Array.Empty<string>(),
        ];
    }

    /// <summary>A steward of the data authority.</summary>
    internal static bool IsSteward(Party by, RegionSnapshot rules) =>
        by.Is(Roles.Steward) && by.Member is { } member && rules.FindMember(member) is { DataAuthority: true };
}
