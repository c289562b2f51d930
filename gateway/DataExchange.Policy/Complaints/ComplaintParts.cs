using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Complaints;

/// <summary>Who may know of a complaint: the person, and the reviewers of the region and of the department complained of. Nobody else in that department.</summary>
public static class ComplaintParts
{
    /// <summary>What the caller is to it, in the words of <c>contracts/state-machines.md</c>; empty for a stranger.</summary>
    public static IReadOnlyList<string> Of(ComplaintRecord complaint, Party by)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(by);
        if (by.Self != default)
        {
            return by.Self == complaint.Subject ? ["person"] : [];
        }

        return by.Is(Roles.Reviewer) && (by.Member is null || by.Member == complaint.Member) ? ["reviewer"] : [];
    }
}
