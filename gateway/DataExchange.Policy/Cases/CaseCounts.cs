using DataExchange.Policy.Matters;

namespace DataExchange.Policy.Cases;

/// <summary>What a person was spared: by the needs of the matter that were answered, and each document and counter once.</summary>
public static class CaseCounts
{
    public static int Documents(CaseRecord @case, Matter matter) => Answered(@case, matter).Select(need => need.Document.Code).Distinct(StringComparer.Ordinal).Count();

    public static int Counters(CaseRecord @case, Matter matter) => Answered(@case, matter).Select(need => need.Counter.Code).Distinct(StringComparer.Ordinal).Count();

    private static IEnumerable<MatterNeed> Answered(CaseRecord @case, Matter matter) => matter.Needs.Where(need => @case.ResultOf(need.Code) is not null);
}
