using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Mandates;

/// <summary>Who may know of a mandate: its parties, and the clerks of the desk that registered it. To everyone else it is not there.</summary>
public static class MandateParts
{
    /// <summary>What the caller is to the mandate, in the words of <c>contracts/state-machines.md</c>; empty for a stranger.</summary>
    public static IReadOnlyList<string> Of(MandateRecord mandate, Party by)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        ArgumentNullException.ThrowIfNull(by);
        if (by.Self != default)
        {
            return
            [
                .. by.Self == mandate.Subject ? ["principal"] : Array.Empty<string>(),
                .. by.Self == mandate.Delegate ? ["delegate"] : Array.Empty<string>(),
                .. mandate.Confirmers.Contains(by.Self) ? ["guardian"] : Array.Empty<string>(),
            ];
        }

        return by.Member is not null && by.Member == mandate.RegisteredBy && by.Is(Roles.DeskClerk) ? ["clerk"] : [];
    }
}
