using DataExchange.Policy.Agreements;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Explanations;

/// <summary>What a request asked and which rules its gates went by, with the entries of the governance log that made them so.</summary>
internal sealed class Citations(DecisionTrace trace, RuleOrigins origins)
{
    private readonly ExchangeRequest _request = trace.Request;
    private readonly Dataset? _dataset = trace.Rules.FindDataset(trace.Request.Dataset);

    /// <summary>What stands for the placeholders of every gate's question.</summary>
    public Values Asked => new()
    {
        ["client"] = _request.Actor.ClientId,
        ["roles"] = _request.Actor.Roles,
        ["boundTo"] = _request.Actor.BoundTo,
        ["presented"] = _request.Actor.Presented,
        ["consumer"] = trace.Consumer?.Code,
        ["dataset"] = _request.Dataset,
        ["scheme"] = _request.SubjectScheme,
        ["purpose"] = _request.Purpose,
        ["fields"] = _request.Fields,
        ["mode"] = _request.Mode,
        ["used"] = _request.QuotaUsed,
        ["case"] = _request.Case,
        ["mandate"] = _request.Mandate,
        ["breakGlass"] = _request.BreakGlass,
    };

    /// <summary>The rules of one gate.</summary>
    public IEnumerable<CitedRule> Of(int gate) => gate switch
    {
        1 when trace.Consumer is { } member => [Cite(member)],
        2 when trace.Purpose is { } purpose => [Cite(purpose)],
        3 or 4 when _dataset is { } dataset => [Cite(dataset)],
        5 => Agreements().Select(Cite),
        6 => [.. trace.Grant is { } grant ? [Cite(grant)] : (CitedRule[])[], .. Mandates().Select(Cite)],
        7 when trace is { Grant: { } grant, Purpose: { } purpose, Dataset: { } dataset } => [Cite(grant), Limit(purpose, dataset), Cite(dataset)],
        8 => [.. Bases(), .. Consents().SelectMany(Cite).DistinctBy(rule => (rule.Kind, rule.Id))],
        9 => trace.Rules.Restrictions.Of(_request.Subject).Where(restriction => restriction.StateAt(trace.Now) == RestrictionState.InForce).Select(Cite),
        _ => [],
    };

    /// <summary>The agreement relied on; where none could be, those that the consumer has over the dataset.</summary>
    private IEnumerable<AgreementEntry> Agreements() => trace.Consumer is { } consumer
        ? trace.Rules.Agreements.Between(consumer.Code, _request.Dataset).Where(entry => trace.Agreement is null || ReferenceEquals(entry.Agreement, trace.Agreement))
        : [];

    /// <summary>The mandate that was named, where it is one of this person.</summary>
    private IEnumerable<MandateRecord> Mandates() => trace.Rules.Mandates.Of(_request.Subject).Where(mandate => mandate.Id == _request.Mandate);

    private IEnumerable<CitedRule> Bases()
    {
        foreach (var field in trace.Grant?.Fields ?? [])
        {
            if (_request.Fields.Contains(field.Name) && field.Basis != LegalBasis.Consent)
            {
                yield return Rule("basis", $"{Relied}#{field.Name}", origins.Of("agreement", trace.Agreement!.Id), new Values
                {
                    ["agreement"] = Relied, ["field"] = field.Name, ["basis"] = field.Basis, ["citation"] = field.Citation,
                });
            }
        }
    }

    /// <summary>Every consent that speaks of this use of one of the fields, whether or not it serves.</summary>
    private IEnumerable<ConsentRecord> Consents() => trace.Rules.ConsentsOf(_request.Subject).Where(consent =>
        consent.Recipient == trace.Consumer?.Code && consent.Purpose == _request.Purpose && consent.Dataset == _request.Dataset && consent.Fields.Any(_request.Fields.Contains));

    private CitedRule Cite(Member member) => Rule("member", member.Code, origins.Of("member", member.Code), new Values
    {
        ["client"] = _request.Actor.ClientId, ["member"] = member.Code, ["names"] = member.Names,
    });

    private CitedRule Cite(Purpose purpose) => Rule("purpose", purpose.Code, origins.Of("purpose", purpose.Code), new Values
    {
        ["purpose"] = purpose.Code, ["names"] = purpose.Names, ["service"] = purpose.Service,
    });

    private CitedRule Limit(Purpose purpose, Dataset dataset) => Rule("limit", $"{purpose.Code}#{dataset.Code}", origins.Of("purpose", purpose.Code), new Values
    {
        ["purpose"] = purpose.Code, ["dataset"] = dataset.Code, ["fields"] = purpose.Limits.GetValueOrDefault(dataset.Code),
    });

    private CitedRule Cite(Dataset dataset) => Rule("dataset", $"{dataset.Code}@{dataset.Revision}", origins.Of("dataset", dataset.Code), new Values
    {
        ["dataset"] = dataset.Code, ["names"] = dataset.Names, ["revision"] = dataset.Revision, ["class"] = dataset.ShareClass, ["conditions"] = dataset.Prohibition ?? dataset.Conditions ?? "",
    });

    private CitedRule Cite(AgreementEntry entry)
    {
        var agreement = entry.Agreement;
        return Rule("agreement", $"{agreement.Id}@{agreement.Revision}", origins.Of("agreement", agreement.Id), new Values
        {
            ["agreement"] = $"{agreement.Id}@{agreement.Revision}",
            ["state"] = entry.State,
            ["from"] = agreement.ValidFrom,
            ["to"] = agreement.ValidTo,
            ["mode"] = agreement.Mode,
            ["revision"] = agreement.DatasetRevision,
            ["clients"] = agreement.Clients,
            ["quota"] = agreement.Quota switch
            {
                null => null,
                { Period: QuotaPeriod.None } quota => new Phrase("quota", new Values { ["requests"] = quota.Requests, ["seconds"] = quota.WindowSeconds }),
                var quota => new Phrase("quotaByPeriod", new Values { ["requests"] = quota.Requests, ["period"] = quota.Period }),
            },
        });
    }

    private CitedRule Cite(MandateRecord mandate) => Rule("mandate", mandate.Id, mandate.LogIndex, new Values
    {
        ["mandate"] = mandate.Id, ["state"] = mandate.StateAt(trace.Now), ["kind"] = mandate.Kind, ["from"] = mandate.ValidFrom, ["to"] = mandate.ValidTo, ["themes"] = mandate.Themes,
    });

    private static CitedRule Cite(RestrictionRecord restriction) => Rule("restriction", restriction.Id, restriction.LogIndex, new Values
    {
        ["restriction"] = restriction.Id, ["kind"] = restriction.Kind, ["purposes"] = restriction.Purposes,
    });

    private CitedRule Cite(Grant grant) => Rule("grant", $"{Relied}#{grant.Purpose}", origins.Of("agreement", trace.Agreement!.Id), new Values
    {
        ["agreement"] = Relied,
        ["purpose"] = grant.Purpose,
        ["fields"] = grant.Fields.Select(field => new Phrase("field", new Values { ["name"] = field.Name, ["transform"] = field.Transform })),
        ["case"] = grant.CaseRequired,
        ["obligations"] = grant.Obligations,
    });

    private IEnumerable<CitedRule> Cite(ConsentRecord consent)
    {
        yield return Rule("consent", consent.Id, consent.LogIndex, new Values
        {
            ["consent"] = consent.Id,
            ["fields"] = consent.Fields,
            ["state"] = consent.State,
            ["kind"] = consent.Kind,
            ["by"] = consent.ExpressedBy,
            ["from"] = consent.ValidFrom,
            ["to"] = consent.ValidTo,
            ["notice"] = consent.Notice,
            ["revision"] = consent.NoticeRevision,
        });
        if (trace.Rules.FindNotice(consent.Notice) is { } notice)
        {
            yield return Rule("notice", $"{notice.Code}@{notice.Revision}", origins.Of("notice", notice.Code), new Values
            {
                ["notice"] = notice.Code, ["revision"] = notice.Revision,
            });
        }
    }

    private string Relied => trace.Decision.Agreement!;

    private static CitedRule Rule(string kind, string id, long? index, Values values) => new(kind, id, index, LanguageTexts.InAll(texts => texts.Rules[kind], values));
}
