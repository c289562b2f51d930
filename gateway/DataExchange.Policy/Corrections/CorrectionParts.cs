using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Corrections;

/// <summary>Who may know of a report: the person, the department that made it, and the owner of the value.</summary>
public static class CorrectionParts
{
    /// <summary>What the caller is to it, in the words of <c>contracts/state-machines.md</c>; empty for a stranger.</summary>
    public static IReadOnlyList<string> Of(CorrectionRecord correction, Party by)
    {
        ArgumentNullException.ThrowIfNull(correction);
        ArgumentNullException.ThrowIfNull(by);
        if (by.Self != default)
        {
            return by.Self != correction.Subject ? [] : correction.ReportedBy is null ? ["person", "reporter"] : ["person"];
        }

        if (by.Member is not { } member)
        {
            return [];
        }

        return
        [
            .. member == correction.ReportedBy && IsConsumer(by) ? ["reporter"] : Array.Empty<string>(),
            .. member == correction.Owner && by.Is(Roles.Steward) ? ["owner"] : Array.Empty<string>(),
        ];
    }

    /// <summary>Somebody who asks for records.</summary>
    internal static bool IsConsumer(Party by) => by.Is(Roles.DepartmentSystem) || by.Is(Roles.DeskClerk);
}
