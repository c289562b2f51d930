using System.Text.Json.Serialization;

namespace DataExchange.Policy.Model;

/// <summary>A condition of sharing (Order 809 art. 14). Whoever refuses an agreement for want of it cites its code; the code stays when the words are put better.</summary>
public sealed record ShareCondition
{
    /// <summary>A code, unique within the entry.</summary>
    public required string Code { get; init; }
    public required LocalizedText Names { get; init; }
    /// <summary>The provision that the condition rests on, where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Citation { get; init; }
}
