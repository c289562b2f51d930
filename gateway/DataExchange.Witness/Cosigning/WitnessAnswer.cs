using DataExchange.Merkle;

namespace DataExchange.Witness.Cosigning;

/// <summary>What is answered to a submission. It is durable before anybody sees it.</summary>
/// <param name="Outcome">The verdict.</param>
/// <param name="RecordedSize">Size of the latest checkpoint cosigned, after this submission; 0 when there is none.</param>
/// <param name="Cosignature">The signature line, where it was cosigned; else empty.</param>
internal readonly record struct WitnessAnswer(WitnessOutcome Outcome, long RecordedSize, string Cosignature)
{
    /// <summary>Whether the log has signed another tree of the recorded size.</summary>
    public bool IsSecondRoot { get; init; }
}
