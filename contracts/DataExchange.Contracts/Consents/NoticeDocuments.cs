namespace DataExchange.Contracts.Consents;

/// <summary>Body of <c>POST /v1/notices/{code}/draft</c>: the first revision of a notice, or the next.</summary>
public sealed record NoticeDraft
{
    /// <summary>Purpose code.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>The fields that it speaks of.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The text that people are shown, by language.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    /// <summary>How the data are handled, by language, where that is said apart from the text.</summary>
    public IReadOnlyDictionary<string, string>? Method { get; init; }

    /// <summary><c>wording</c> or <c>substance</c>: what a revision changes; left out with the first.</summary>
    public string? Change { get; init; }
}

/// <summary>A notice, its revisions, and the draft of the next.</summary>
/// <param name="Code">Code.</param>
/// <param name="State"><c>drafted</c>, <c>published</c>, or <c>revising</c>: published, with the next revision drafted.</param>
/// <param name="Recipient">Member code of the department that asks by it.</param>
/// <param name="Revisions">Published revisions, the newest last.</param>
/// <param name="Draft">The next revision.</param>
/// <param name="LogIndex">Index of the newest governance entry about it.</param>
public sealed record NoticeView(string Code, string State, string Recipient, IReadOnlyList<NoticeRevisionView> Revisions, NoticeRevisionView? Draft, long LogIndex);

/// <summary>A revision of a notice.</summary>
public sealed record NoticeRevisionView
{
    /// <summary>Number, counted from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Purpose code.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>The fields that it speaks of.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Texts by language.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    /// <summary>How the data are handled, by language; null where it is not said.</summary>
    public IReadOnlyDictionary<string, string>? Method { get; init; }

    /// <summary>What it differs in from the revision before: <c>purpose</c>, <c>dataset</c>, <c>recipient</c>, <c>fields</c>, <c>method</c>, and <c>texts:{language}</c>.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>People have to be asked again: consents to the revision before do not stand under this one.</summary>
    public required bool AsksAgain { get; init; }

    /// <summary>Index of the entry that published it; null for a draft.</summary>
    public long? LogIndex { get; init; }
}
