namespace DataExchange.Policy.Notifications;

/// <summary>Something that a person should know of, or has to answer.</summary>
/// <param name="Kind">What about: <c>consent</c>, <c>mandate</c>, <c>break-glass</c>, <c>correction</c>, <c>complaint</c>.</param>
/// <param name="Id">Id of the thing.</param>
/// <param name="State">Where it stands.</param>
/// <param name="WaitsForYou">Whether the person's answer is awaited.</param>
/// <param name="LogIndex">Index of the newest governance entry about it.</param>
public sealed record Notification(string Kind, string Id, string State, bool WaitsForYou, long LogIndex)
{
    /// <summary>The department concerned.</summary>
    public string? Member { get; init; }

    /// <summary>When it happened, where the record says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }

    /// <summary>What a reviewer found, or an owner answered.</summary>
    public string? Finding { get; init; }
}
