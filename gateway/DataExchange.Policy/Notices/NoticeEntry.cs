using System.Collections.Immutable;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Notices;

/// <summary>A notice, its published revisions, and the draft of the next.</summary>
public sealed record NoticeEntry
{
    public required string Code { get; init; }

    /// <summary>The newest published revision; null before the first.</summary>
    public ConsentNotice? Published { get; init; }

    /// <summary>The next revision, not published yet.</summary>
    public ConsentNotice? Draft { get; init; }

    /// <summary>Index of the newest governance entry about it.</summary>
    public long LogIndex { get; init; }

    /// <summary>All published revisions, the newest last.</summary>
    public ImmutableArray<NoticeRevision> Revisions { get; init; } = [];

    public NoticeState State => (Published, Draft) switch
    {
        (null, null) => NoticeState.None,
        (null, _) => NoticeState.Drafted,
        (_, null) => NoticeState.Published,
        _ => NoticeState.Revising,
    };

    /// <summary>The published revision of this number; of two with the same number (a founding file may publish one again) the newest.</summary>
    public NoticeRevision? Find(int revision) => Revisions.LastOrDefault(published => published.Notice.Revision == revision);

    /// <summary>
    /// Whether a consent to this text still says what the newest revision asks: it is a text of that revision, or of an earlier one since
    /// which nothing but wording has changed.
    /// </summary>
    public bool Stands(int revision, string language, string hash)
    {
        for (var i = Revisions.Length - 1; i >= 0; i--)
        {
            var published = Revisions[i];
            if (published.Notice.Revision == revision)
            {
                return published.Hashes.TryGetValue(language, out var shown) && shown == hash;
            }

            if (published.IsMaterial)
            {
                return false;
            }
        }

        return false;
    }
}

/// <summary>Where a notice stands. Revising: a revision is in force, and the next one drafted.</summary>
public enum NoticeState { None = 0, Drafted, Published, Revising }

/// <summary>A published revision.</summary>
/// <param name="Notice">What it says.</param>
/// <param name="Substance">In which members of the substance it differs from the revision before.</param>
/// <param name="IsMaterial">Consents to the revision before do not stand under it.</param>
/// <param name="Hashes">SHA-256 of its texts by language, base64.</param>
/// <param name="LogIndex">Index of the entry that published it.</param>
/// <param name="Time">Log time of that entry.</param>
public sealed record NoticeRevision(
    ConsentNotice Notice, IReadOnlyList<string> Substance, bool IsMaterial, IReadOnlyDictionary<string, string> Hashes, long LogIndex, DateTimeOffset Time);
