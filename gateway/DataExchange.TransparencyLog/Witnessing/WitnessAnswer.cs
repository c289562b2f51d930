namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>What a witness said to a submission.</summary>
internal abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <summary>200: the witness's own valid cosignature, one line; what else it sent has been left out.</summary>
    public sealed record Cosigned(string Line) : WitnessAnswer;

    /// <summary>409: the size that the witness holds; null where it names none, as when only the roots differ.</summary>
    public sealed record Conflict(long? Size) : WitnessAnswer;

    /// <summary>422: the witness finds that the submitted tree does not extend the one it holds.</summary>
    public sealed record NotConsistent : WitnessAnswer;

    /// <summary>No answer, or none that means anything: a status that does not belong here, a body that is none, no valid cosignature.</summary>
    public sealed record Useless(string Reason) : WitnessAnswer;
}
