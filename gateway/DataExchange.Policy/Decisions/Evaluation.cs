using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Decisions;

/// <summary>One request on its way through the gates: what is given, and what the gates have found so far.</summary>
internal sealed class Evaluation(ExchangeRequest request, RegionSnapshot rules, DateTimeOffset now)
{
    public ExchangeRequest Request { get; } = request;

    public RegionSnapshot Rules { get; } = rules;

    public DateTimeOffset Now { get; } = now;

    public Reasons Reasons { get; } = new();

    /// <summary>What a break-glass grant let pass, in the order of the gates.</summary>
    public List<ProblemReason> Relaxed { get; } = [];

    /// <summary>Whether the request names a break-glass grant that is open for it. Asked behind gate 1, which finds the consumer.</summary>
    public bool HasBrokenGlass =>
        Request.BreakGlass is { } id && Consumer is { } consumer && Rules.BreakGlass.Find(id)?.Covers(Request, consumer.Code, Now) == true;

    /// <summary>One of the three that break-glass may relax: quota and case, which concern the request, and consent, which concerns a field. Refuses where no glass is broken.</summary>
    public void RefuseUnlessBroken(int gate, ProblemSlug slug, string? field, string detail)
    {
        if (HasBrokenGlass)
        {
            Relaxed.Add(new ProblemReason(gate, slug.Code, field, detail));
        }
        else if (field is null)
        {
            Reasons.AboutRequest(gate, slug, detail);
        }
        else
        {
            Reasons.AboutField(gate, slug, field, detail);
        }
    }

    /// <summary>Gate 1: the member that the client is registered to.</summary>
    public Member? Consumer { get; set; }

    /// <summary>Gate 2: the registered purpose.</summary>
    public Purpose? Purpose { get; set; }

    /// <summary>Gate 4: the published dataset.</summary>
    public Dataset? Dataset { get; set; }

    /// <summary>Gate 5: the agreement relied on, and what it grants for the purpose.</summary>
    public SharingAgreement? Agreement { get; set; }

    public Grant? Grant { get; set; }

    /// <summary>Whether gates 8 to 10 ran.</summary>
    public bool LookedAtPerson { get; set; }

    /// <summary>Gate 5: the revision that the agreement was signed over. The record follows it, as the parties agreed.</summary>
    public Dataset? Served { get; set; }

    /// <summary>Gate 8: the consent that permits a field, by field name.</summary>
    public Dictionary<string, string> Consents { get; } = new(StringComparer.Ordinal);

    /// <summary>Gate 8: consents that permit so many uses, of which this exchange's is not counted yet; null for none.</summary>
    public List<string>? Uncounted { get; private set; }

    /// <summary>A field rests on this consent.</summary>
    public void Use(ConsentRecord consent)
    {
        if (consent.MaxUses is not null && !ConsentUses.IsCounted(consent, Request.Exchange) && Uncounted?.Contains(consent.Id) != true)
        {
            (Uncounted ??= []).Add(consent.Id);
        }
    }

    private int _lastGranted;

    /// <summary>What the grant says of a field; null for nothing.</summary>
    /// <remarks>Looks from where the last one was found: requests mostly name fields in the order of the grant, and every gate goes through them anew.</remarks>
    public GrantedField? Granted(string field)
    {
        if (Grant is not { Fields: { Count: > 0 and var count } fields })
        {
            return null;
        }

        for (int i = 0, at = _lastGranted; i < count; i++, at++)
        {
            at = at < count ? at : 0;
            if (fields[at].Name == field)
            {
                _lastGranted = at + 1;
                return fields[at];
            }
        }

        return null;
    }
}
