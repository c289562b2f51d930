using System.Globalization;

namespace DataExchange.Policy.Anomalies;

/// <summary>What a finding says, in Chinese and English, from its figures alone. Names nobody.</summary>
public static class AnomalyExplanation
{
    /// <param name="rule">One of <see cref="AnomalyRuleCodes"/>.</param>
    /// <param name="observed">The figure of the official.</param>
    /// <param name="threshold">The figure allowed.</param>
    /// <param name="figures">The others, by name.</param>
    public static (string Zh, string En) Of(string rule, long observed, long threshold, IReadOnlyDictionary<string, long> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        (FormattableString Zh, FormattableString En) text = rule switch
        {
            AnomalyRuleCodes.SubjectsPerHour => SubjectsPerHour(observed, threshold, figures),
            AnomalyRuleCodes.NoOpenCase => (
                $"当日有 {observed} 次查询未注明办件；允许 {threshold} 次。",
                $"{observed} look-ups of the day name no case; {threshold} are allowed."),
            AnomalyRuleCodes.SequentialNumbers => (
                $"一小时内所查证件号码有 {observed} 个前后相连（间隔不超过 {figures.GetValueOrDefault("step")}）；允许 {threshold} 个。",
                $"Within an hour {observed} numbers in a row were looked up, each at most {figures.GetValueOrDefault("step")} from the next; {threshold} are allowed."),
            AnomalyRuleCodes.OwnRelation => OwnRelation((Relation)figures.GetValueOrDefault("relation")),
            AnomalyRuleCodes.OutOfHours => (
                $"当日非办公时间查询 {observed} 次；允许 {threshold} 次。此前 28 天有查询的 {figures.GetValueOrDefault("activeHours")} 个小时中，非办公时间占 {figures.GetValueOrDefault("activeHoursOutOfOffice")} 个。",
                $"{observed} look-ups of the day lie out of office hours; {threshold} are allowed. Of the {figures.GetValueOrDefault("activeHours")} hours with look-ups in the 28 days before, {figures.GetValueOrDefault("activeHoursOutOfOffice")} lay out of office hours."),
            AnomalyRuleCodes.BreadthPerSubject => (
                $"当日就同一人查询了 {observed} 类数据；允许 {threshold} 类。",
                $"{observed} datasets about one person were looked up in the day; {threshold} are allowed."),
            AnomalyRuleCodes.NearMisses => (
                $"一小时内有 {observed} 次请求仅差一步而被拒绝；允许 {threshold} 次。",
                $"Within an hour {observed} requests were refused narrowly; {threshold} are allowed."),
            _ => ($"{rule}：{observed} > {threshold}。", $"{rule}: {observed} > {threshold}."),
        };
        return (text.Zh.ToString(CultureInfo.InvariantCulture), text.En.ToString(CultureInfo.InvariantCulture));
    }

    private static (FormattableString Zh, FormattableString En) SubjectsPerHour(long observed, long threshold, IReadOnlyDictionary<string, long> figures)
    {
        var (hours, people, factor) = (figures.GetValueOrDefault("activeHours"), figures.GetValueOrDefault("subjectsInActiveHours"), figures.GetValueOrDefault("factor"));
        return (
            $"本小时内查询了 {observed} 人；允许 {threshold} 人。此前 28 天有查询的 {hours} 个小时中共查询 {people} 人次，允许平均值的 {factor} 倍，不少于 {figures.GetValueOrDefault("floor")}，不多于 {figures.GetValueOrDefault("ceiling")}。",
            $"{observed} people were looked up in this hour; {threshold} are allowed. In the {hours} hours with look-ups of the 28 days before it were {people}; {factor} times the average is allowed, {figures.GetValueOrDefault("floor")} at least and {figures.GetValueOrDefault("ceiling")} at most.");
    }

    private static (FormattableString Zh, FormattableString En) OwnRelation(Relation relation) => relation switch
    {
        Relation.Self => ($"查询了本人的记录。", $"The official looked up themselves."),
        Relation.Household => ($"查询了本人家庭成员的记录。", $"The official looked up a member of their household."),
        _ => ($"查询了同事的记录。", $"The official looked up a colleague."),
    };
}
