namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>What came of showing a witness a checkpoint.</summary>
internal abstract record SubmissionOutcome
{
    private SubmissionOutcome()
    {
    }

    /// <summary>The witness cosigned.</summary>
    public sealed record Cosigned(string Line) : SubmissionOutcome;

    /// <summary>The witness says to hold more than it was shown.</summary>
    public sealed record Ahead(long Size) : SubmissionOutcome;

    /// <summary>The witness says that the tree it was shown does not extend the one of this size that it holds.</summary>
    public sealed record Disagrees(long Size) : SubmissionOutcome;

    /// <summary>Nothing of use.</summary>
    public sealed record Failed(string Reason) : SubmissionOutcome;
}
