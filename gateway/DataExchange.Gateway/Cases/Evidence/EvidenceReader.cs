using DataExchange.Contracts.Cases;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Cases.Evidence;

/// <summary>Puts the evidence of a completed case together from the two logs. Nothing of it is stored beside them, so it can be had again at any time.</summary>
public sealed class EvidenceReader(RegionLogs logs)
{
    /// <exception cref="LogUnavailableException">An entry cannot be read or proved.</exception>
    internal async Task<EvidencePack> ReadAsync(VisibleCase visible, Subject subject, CancellationToken cancellationToken)
    {
        var (@case, matter) = (visible.Case, visible.Matter);
        var (access, governance) = (new EntryReader(logs.Access, subject), new EntryReader(logs.Governance, subject));
        var needs = new List<EvidenceNeed>();
        var restsOn = new List<RestsOn>();
        foreach (var result in @case.Results)
        {
            var requested = await access.ReadAsync(result.Decision, cancellationToken);
            needs.Add(new EvidenceNeed
            {
                Need = result.Need,
                Digest = result.Digest,
                Requested = requested,
                Outcome = await access.ReadAsync(result.Receipt, cancellationToken),
            });
            restsOn.AddRange(RestsOn.Of(requested));
        }

        return new EvidencePack
        {
            Format = EvidencePack.Format1,
            Case = @case.Id,
            Matter = $"{@case.Matter}@{@case.MatterRevision}",
            Completed = @case.Ended!.Value,
            KeepUntil = @case.Ended.Value.AddDays(matter.Matter.RetentionDays),
            Definition = await governance.ReadAsync(matter.LogIndex, cancellationToken),
            Completion = await governance.ReadAsync(@case.LogIndex, cancellationToken),
            Needs = needs,
            Consents = await ConsentsAsync(restsOn, subject, governance, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<EvidenceConsent>> ConsentsAsync(IReadOnlyList<RestsOn> restsOn, Subject subject, EntryReader governance, CancellationToken cancellationToken)
    {
        var search = new ConsentSearch(logs.Governance, subject);
        var consents = new List<EvidenceConsent>();
        foreach (var consent in restsOn.Distinct())
        {
            var index = await search.FindAsync(consent, cancellationToken)
                ?? throw new LogUnavailableException($"The governance log {logs.Governance.Origin} does not hold the consent that a decision rests on.");
            if (!consents.Exists(found => found.Given.Index == index))
            {
                consents.Add(new EvidenceConsent(consent.Id, await governance.ReadAsync(index, cancellationToken)));
            }
        }

        return consents;
    }
}
