namespace DataExchange.TransparencyLog;

/// <summary>The outcome of an append.</summary>
public enum AppendStatus
{
    /// <summary>Nothing is known to have been appended.</summary>
    None = 0,

    /// <summary>Durable, and under the signed checkpoint that the result carries.</summary>
    Committed,

    /// <summary>The pinned log has moved: nothing was appended, decide again.</summary>
    PinMoved,
}
