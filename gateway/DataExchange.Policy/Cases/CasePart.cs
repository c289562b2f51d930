using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Cases;

/// <summary>The part that somebody has in a case. To whoever has none, it is not there.</summary>
public enum CasePart { None = 0, Citizen, Clerk, System }

public static class CaseParts
{
    /// <summary>The part that a party has: the person themselves, or a clerk or system of the desk's department.</summary>
    public static CasePart Of(CaseRecord @case, Party party) =>
        party.Self.Value is not null ? party.Self == @case.Subject && party.Is(Roles.Citizen) ? CasePart.Citizen : CasePart.None
        : party.Member != @case.Department ? CasePart.None
        : party.Is(Roles.DeskClerk) ? CasePart.Clerk
        : party.Is(Roles.DepartmentSystem) ? CasePart.System
        : CasePart.None;
}
