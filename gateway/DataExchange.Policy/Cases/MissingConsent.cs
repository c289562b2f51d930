using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Cases;

/// <summary>A consent that a need of a case lacks, with what there is to ask.</summary>
/// <param name="Need">Code of the need.</param>
/// <param name="Code">Why: the problem slug that the first of the fields would be refused with.</param>
/// <param name="Fields">The fields that lack it.</param>
/// <param name="Notice">The notice that speaks of all of them; null where none is published.</param>
/// <param name="Kind">The kind of consent that they need.</param>
/// <param name="Pending">The request that the person has not answered yet; null where none was made.</param>
public sealed record MissingConsent(MatterNeed Need, string Code, IReadOnlyList<string> Fields, ConsentNotice? Notice, ConsentKind Kind, ConsentRecord? Pending);

/// <summary>Finds what has to be consented to before a case can go on: the very rules are asked, so that what is listed is what an exchange would meet.</summary>
public static class MissingConsents
{
    private static readonly HashSet<string> AboutConsent =
    [
        ProblemSlugs.ConsentRequired.Code, ProblemSlugs.ConsentNotValid.Code, ProblemSlugs.SeparateConsentRequired.Code,
    ];

    /// <summary>What the needs that are not answered yet lack. Whether a guardian has to consent shows only when the record is asked for: the registers do not know how old somebody is.</summary>
    public static IReadOnlyList<MissingConsent> Of(CaseRecord @case, Matter matter, RegionSnapshot rules, DateTimeOffset now) => !@case.IsOpenAt(now) ? [] :
    [
        .. matter.Needs.Where(need => @case.ResultOf(need.Code) is null).SelectMany(need => OfNeed(@case, need, rules, now)),
    ];

    private static IEnumerable<MissingConsent> OfNeed(CaseRecord @case, MatterNeed need, RegionSnapshot rules, DateTimeOffset now)
    {
        if (rules.FindDataset(need.Dataset) is not { } dataset)
        {
            return [];
        }

        var decision = PolicyDecisionPoint.Decide(AskedAtTheDesk(@case, need, dataset, rules), rules, now);
        return decision.Reasons.Where(reason => reason.Field is not null && AboutConsent.Contains(reason.Code))
            .Select(reason => (
                reason.Code, Field: reason.Field!, Notice: NoticeFor(@case, need, reason.Field!, rules), Kind: KindFor(reason, dataset), Pending: Pending(@case, need, reason.Field!, rules, now)))
            .GroupBy(lack => (Notice: lack.Notice?.Code, lack.Kind, Pending: lack.Pending?.Id))
            .Select(group => group.ToList())
            .Select(group => new MissingConsent(need, group[0].Code, [.. group.Select(lack => lack.Field)], group[0].Notice, group[0].Kind, group[0].Pending));
    }

    /// <summary>As a clerk of the desk would ask, without anything that the registers do not know.</summary>
    private static ExchangeRequest AskedAtTheDesk(CaseRecord @case, MatterNeed need, Dataset dataset, RegionSnapshot rules)
    {
        var certificate = rules.FindMemberByClient(@case.Desk)?.Clients.First(client => client.ClientId == @case.Desk).CertificateThumbprint;
        return new ExchangeRequest
        {
            Actor = new Actor { ClientId = @case.Desk, Roles = [Roles.DeskClerk], BoundTo = certificate, Presented = certificate },
            Subject = @case.Subject,
            SubjectScheme = dataset.SubjectScheme,
            Dataset = need.Dataset,
            Purpose = need.Purpose,
            Fields = need.Fields,
            Mode = ExchangeMode.Query,
            Case = @case.Id,
        };
    }

    private static ConsentNotice? NoticeFor(CaseRecord @case, MatterNeed need, string field, RegionSnapshot rules) => rules.Notices
        .Where(notice => notice.Recipient == @case.Department && notice.Purpose == need.Purpose && notice.Dataset == need.Dataset && notice.Fields.Contains(field))
        .MinBy(notice => notice.Code, StringComparer.Ordinal);

    /// <summary>A general consent suffices unless the rules say otherwise; where one was given and is no longer valid, the field says it (PIPL art. 29).</summary>
    private static ConsentKind KindFor(ProblemReason reason, Dataset dataset) =>
        reason.Code == ProblemSlugs.SeparateConsentRequired.Code || dataset.FindField(reason.Field!) is { Sensitive: true } ? ConsentKind.Separate : ConsentKind.General;

    private static ConsentRecord? Pending(CaseRecord @case, MatterNeed need, string field, RegionSnapshot rules, DateTimeOffset now) =>
        rules.ConsentsOf(@case.Subject).LastOrDefault(consent =>
            consent.State == ConsentState.Requested && consent.ValidTo > now
            && consent.Recipient == @case.Department && consent.Purpose == need.Purpose && consent.Dataset == need.Dataset && consent.Fields.Contains(field)
            && rules.FindNotice(consent.Notice)?.Revision == consent.NoticeRevision);
}
