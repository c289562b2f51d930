using DataExchange.Policy.Decisions;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Cases;

/// <summary>Whether a case covers a request: it is open, it is this person's, it was opened at a desk of this department, and its matter needs exactly such fields for this purpose.</summary>
internal static class CaseCoverage
{
    public static bool Covers(string? id, ExchangeRequest request, string department, RegionSnapshot rules, DateTimeOffset now)
    {
        if (id is null || rules.Cases.Find(id) is not { } @case
            || @case.Subject != request.Subject || @case.Department != department || !@case.IsOpenAt(now)
            || rules.Matters.Find(@case.Matter, @case.MatterRevision) is not { Matter: var matter })
        {
            return false;
        }

        var needed = matter.Needs.Where(need => need.Dataset == request.Dataset && need.Purpose == request.Purpose).SelectMany(need => need.Fields).ToHashSet(StringComparer.Ordinal);
        return needed.IsSupersetOf(request.Fields);
    }
}
