using DataExchange.Contracts.Consents;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;

namespace DataExchange.Gateway.Notices;

/// <summary>A notice as the API shows it.</summary>
internal static class NoticeViews
{
    public static NoticeView Show(NoticeEntry entry)
    {
        var revisions = new List<NoticeRevisionView>();
        ConsentNotice? before = null;
        foreach (var revision in entry.Revisions)
        {
            revisions.Add(Show(revision.Notice, before, revision.IsMaterial && before is not null) with { LogIndex = revision.LogIndex });
            before = revision.Notice;
        }

        return new NoticeView(
            entry.Code, entry.State.ToString().ToLowerInvariant(), (entry.Published ?? entry.Draft)!.Recipient, revisions,
            entry.Draft is { } draft ? Show(draft, before, before is not null && draft.Change != NoticeChange.Wording) : null, entry.LogIndex);
    }

    private static NoticeRevisionView Show(ConsentNotice notice, ConsentNotice? before, bool asksAgain) => new()
    {
        Revision = notice.Revision,
        Purpose = notice.Purpose,
        Dataset = notice.Dataset,
        Fields = notice.Fields,
        Texts = notice.Texts,
        Method = notice.Method,
        Changes = before is null ? [] : [.. NoticeDifference.OfSubstance(before, notice), .. NoticeDifference.OfTexts(before, notice).Select(language => "texts:" + language)],
        AsksAgain = asksAgain,
    };
}
