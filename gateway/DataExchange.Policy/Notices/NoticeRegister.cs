using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Notices;

/// <summary>The notices at one size of the governance log. Immutable.</summary>
public sealed class NoticeRegister
{
    internal static readonly NoticeRegister Empty = new(ImmutableDictionary.Create<string, NoticeEntry>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, NoticeEntry> _byCode;

    private NoticeRegister(ImmutableDictionary<string, NoticeEntry> byCode) => _byCode = byCode;

    public IEnumerable<NoticeEntry> All => _byCode.Values;

    public NoticeEntry? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>Whether a consent to this text still says what the notice asks now.</summary>
    public bool Stands(string code, int revision, string language, string hash) => _byCode.TryGetValue(code, out var entry) && entry.Stands(revision, language, hash);

    internal NoticeRegister Apply(NoticeEvent @event, long index, DateTimeOffset time)
    {
        var entry = Find(@event.Notice.Code) ?? new NoticeEntry { Code = @event.Notice.Code };
        return new NoticeRegister(_byCode.SetItem(entry.Code, @event switch
        {
            NoticeDrafted drafted => entry with { Draft = drafted.Notice, LogIndex = index },
            NoticePublished published => entry with
            {
                Published = published.Notice,
                Draft = null,
                LogIndex = index,
                Revisions = entry.Revisions.Add(Revision(published.Notice, entry.Published, index, time)),
            },
            _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
        }));
    }

    // Whoever wrote the entry: only a revision that is said to be wording, and in which nothing else can be seen, leaves consents standing.
    private static NoticeRevision Revision(ConsentNotice notice, ConsentNotice? before, long index, DateTimeOffset time)
    {
        var substance = before is null ? [] : NoticeDifference.OfSubstance(before, notice);
        return new NoticeRevision(
            notice, substance, before is null || notice.Change != NoticeChange.Wording || substance.Count > 0,
            notice.Texts.Keys.ToDictionary(language => language, language => notice.HashOf(language)!, StringComparer.Ordinal), index, time);
    }
}
