namespace DataExchange.Policy.Anomalies;

/// <summary>One look-up by an official, as the rules see it before it is decided. Without the person's number.</summary>
public readonly record struct AccessAttempt
{
    /// <summary>Milliseconds since the Unix epoch.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The first eight bytes of the person's handle: random, so two people do not share them.</summary>
    public required ulong Subject { get; init; }

    /// <summary>The person's number without its check character, where the scheme numbers people in rows; else null.</summary>
    public long? Number { get; init; }

    public required string Dataset { get; init; }

    /// <summary>Whether the request names a case.</summary>
    public bool NamesCase { get; init; }

    public Relation Relation { get; init; }
}
