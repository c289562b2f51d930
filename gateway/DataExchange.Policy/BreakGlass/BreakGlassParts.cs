using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.BreakGlass;

/// <summary>Who may know of a grant: its holder, colleagues of the holder's department who can be the second person, and the reviewers.</summary>
public static class BreakGlassParts
{
    /// <summary>What the caller is to it, in the words of <c>contracts/state-machines.md</c>; empty for a stranger.</summary>
    public static IReadOnlyList<string> Of(BreakGlassRecord grant, Party by)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(by);
        if (by.Self != default || by.UserId is null)
        {
            return [];
        }

        // Whoever broke the glass neither approves nor reviews it.
        if (by.UserId == grant.Holder)
        {
            return by.Member == grant.Member ? ["holder"] : [];
        }

        return
        [
            .. by.Member == grant.Member && (by.Is(Roles.DeskClerk) || by.Is(Roles.Steward)) ? ["colleague"] : Array.Empty<string>(),
            .. IsReviewer(grant, by) ? ["reviewer"] : Array.Empty<string>(),
        ];
    }

    /// <summary>A reviewer of the region, or of the holder's department.</summary>
    public static bool IsReviewer(BreakGlassRecord grant, Party by) =>
        by is { UserId: not null } && by.UserId != grant?.Holder && by.Is(Roles.Reviewer) && (by.Member is null || by.Member == grant!.Member);
}
