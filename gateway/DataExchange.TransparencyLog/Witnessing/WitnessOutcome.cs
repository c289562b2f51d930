namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>What came of showing a witness a checkpoint.</summary>
internal abstract record WitnessOutcome
{
    private WitnessOutcome()
    {
    }

    /// <summary>The witness cosigned.</summary>
    public sealed record Cosigned(string Lines) : WitnessOutcome;

    /// <summary>The witness says to hold more than it was shown.</summary>
    public sealed record Ahead(long Size) : WitnessOutcome;

    /// <summary>The witness says that the tree it was shown does not extend the one of this size that it holds.</summary>
    public sealed record Disagrees(long Size) : WitnessOutcome;

    /// <summary>Nothing of use.</summary>
    public sealed record Failed(string Reason) : WitnessOutcome;
}
