namespace DataExchange.Adapters.Records;

/// <summary>Whether a source can answer, and what stands in its way. Shown at <c>/health/ready</c> and free of personal data.</summary>
/// <param name="State">The worst state of its parts.</param>
/// <param name="Details">One line for each part worth a word: its name and what is the matter.</param>
public sealed record SourceHealth(SourceState State, IReadOnlyDictionary<string, string> Details)
{
    /// <summary>All is well.</summary>
    public static readonly SourceHealth Ready = new(SourceState.Ready, new Dictionary<string, string>());

    /// <summary>Questions cannot be answered.</summary>
    public static SourceHealth Unavailable(string part, string detail) =>
        new(SourceState.Unavailable, new Dictionary<string, string> { [part] = detail });
}

/// <summary>How well a source is. The zero value is the worst.</summary>
public enum SourceState
{
    /// <summary>At least one dataset cannot be answered about.</summary>
    Unavailable = 0,

    /// <summary>Every dataset is answered about, and something wants attention.</summary>
    Degraded,

    /// <summary>All is well.</summary>
    Ready,
}
