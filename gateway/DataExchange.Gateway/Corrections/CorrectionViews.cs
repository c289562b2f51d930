using System.Globalization;
using DataExchange.Enforcement.Governance;
using DataExchange.Gateway.Personal;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Corrections;

/// <summary>Reported errors as the API shows them.</summary>
internal static class CorrectionViews
{
    public static PersonalIndex<CorrectionRecord> Register(RegionSnapshot rules) => rules.Corrections;

    public static bool MaySee(CorrectionRecord correction, Party by) => CorrectionParts.Of(correction, by).Count > 0;

    public static PersonalSteps.Show<CorrectionRecord> Shown(GovernanceLedger ledger, TimeProvider clock)
    {
        var (calendar, now) = (PersonalClocks.CalendarOf(ledger.Current), clock.GetUtcNow());
        return (correction, _, receipt) => new CorrectionView
        {
            Id = correction.Id,
            State = correction.State,
            Disputed = correction.IsOpen,
            Dataset = correction.Dataset,
            Field = correction.Field,
            Reason = correction.Reason,
            Explanation = correction.Explanation,
            Decision = correction.Decision.ToString(CultureInfo.InvariantCulture),
            ReportedBy = correction.ReportedBy,
            Owner = correction.Owner,
            ForwardedBy = correction.ForwardedBy,
            Due = correction.Due(calendar).At,
            DueIsAssumed = correction.Due(calendar).IsAssumed,
            Overdue = correction.IsOverdue(calendar, now),
            EscalatedAt = correction.EscalatedAt,
            Answer = correction.Answer,
            AnsweredAt = correction.AnsweredAt,
            LogIndex = correction.LogIndex,
            Receipt = receipt,
        };
    }
}
