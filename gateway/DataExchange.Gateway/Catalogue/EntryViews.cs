using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Entries as the API shows them.</summary>
internal static class EntryViews
{
    /// <param name="entry">The entry.</param>
    /// <param name="rules">The rules that it is of.</param>
    /// <param name="receipt">Proof of the change just made.</param>
    public static EntryView Show(CatalogueEntry entry, RegionSnapshot rules, Receipt? receipt = null) => new()
    {
        Code = entry.Code,
        State = entry.State,
        Published = entry.Published,
        Draft = entry.Draft is { } draft ? Show(entry, draft, rules) : null,
        NextRevision = entry.NextRevision,
        Updated = entry.Updated,
        LogIndex = entry.LogIndex,
        Receipt = receipt,
    };

    /// <summary>Agreements that are active and that their revision does not serve.</summary>
    public static IReadOnlyList<string> Unserved(CatalogueEntry entry, RegionSnapshot rules) =>
        [.. Active(entry, rules).Where(agreement => entry.Find(agreement.DatasetRevision)?.Serves(agreement) != true).Select(agreement => agreement.Id)];

    private static DraftView Show(CatalogueEntry entry, CatalogueDraft draft, RegionSnapshot rules)
    {
        Deadline? due = draft.SubmittedAt is { } submitted ? StatutoryClocks.CataloguePublication.DeadlineFrom(submitted, rules.Calendar.Working) : null;
        return new DraftView
        {
            Dataset = draft.Dataset,
            State = draft.State,
            Changes = DatasetDiff.Between(entry.Published, draft.Dataset),
            WouldEnd = [.. Active(entry, rules).Where(agreement => WouldEnd(agreement, entry, draft.Dataset)).Select(agreement => agreement.Id)],
            Missing = [.. EntryRules.Faults(draft.Dataset).Select(fault => fault.ToString())],
            ReturnedFor = draft.ReturnedFor,
            SubmittedAt = draft.SubmittedAt,
            Due = due?.At,
            DueIsAssumed = due?.IsAssumed ?? false,
        };
    }

    /// <summary>One that is served now and would not be by the draft.</summary>
    private static bool WouldEnd(SharingAgreement agreement, CatalogueEntry entry, Dataset draft) =>
        entry.Find(agreement.DatasetRevision) is { } signed && signed.Serves(agreement) && !DatasetDiff.Preserves(signed.Dataset, draft, agreement);

    private static IEnumerable<SharingAgreement> Active(CatalogueEntry entry, RegionSnapshot rules) => rules.Agreements.Over(entry.Code)
        .Where(agreed => agreed.State == AgreementState.Active).Select(agreed => agreed.Agreement).OrderBy(agreement => agreement.Id, StringComparer.Ordinal);
}
