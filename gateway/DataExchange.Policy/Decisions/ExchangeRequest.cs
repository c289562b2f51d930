using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions;

/// <summary>Everything about a request that the rules look at. What is logged of it is enough to decide again.</summary>
public sealed record ExchangeRequest
{
    public required Actor Actor { get; init; }
    public required SubjectHandle Subject { get; init; }
    public required string SubjectScheme { get; init; }
    /// <summary>Date of birth, where the subject's number tells it (guardian rule).</summary>
    public DateOnly? BirthDate { get; init; }
    public required string Dataset { get; init; }
    public required string Purpose { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required ExchangeMode Mode { get; init; }
    /// <summary><c>Prefer: handling=lenient</c>.</summary>
    public bool Lenient { get; init; }
    public string? Case { get; init; }
    public string? Mandate { get; init; }
    /// <summary>Id of a break-glass grant.</summary>
    public string? BreakGlass { get; init; }
    /// <summary>Findings of the anomaly rules that stand against the actor; null for none.</summary>
    public IReadOnlyList<AnomalyFact>? Anomalies { get; init; }
    /// <summary>Requests already made under the agreement in the current window, this one not counted.</summary>
    public int QuotaUsed { get; init; }
    /// <summary>Index of the exchange's intent in the access log, once uses are counted for it; null before, and where none are.</summary>
    public long? Exchange { get; init; }
}
