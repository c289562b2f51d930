namespace DataExchange.Adapters.Receipts;

/// <summary>What the check of an intent receipt found. Only <see cref="Accepted"/> lets a question through; the zero value does not.</summary>
public enum IntentVerdict
{
    /// <summary>The receipt or its leaf cannot be read.</summary>
    Unreadable = 0,

    /// <summary>It is a receipt of another log.</summary>
    OtherLog,

    /// <summary>The checkpoint is not signed by the log, or the leaf is not in its tree at the index.</summary>
    NotLogged,

    /// <summary>The leaf is not a sealed <c>access.requested</c>: logged, but not an intent.</summary>
    NotAnIntent,

    /// <summary>The intent's log time lies further from this clock than the window allows.</summary>
    OutsideWindow,

    /// <summary>The opening is missing, or is not what the leaf commits to.</summary>
    NotOpened,

    /// <summary>The intent speaks of another dataset, revision, subject or list of fields.</summary>
    OtherQuestion,

    /// <summary>The very question was logged before it was asked.</summary>
    Accepted,
}
