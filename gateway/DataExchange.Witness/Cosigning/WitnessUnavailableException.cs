using DataExchange.Witness.Http;

namespace DataExchange.Witness.Cosigning;

/// <summary>The witness cannot say anything now, for a reason that is its own: 503.</summary>
internal sealed class WitnessUnavailableException(WitnessProblem problem) : Exception(problem.Detail)
{
    public WitnessProblem Problem { get; } = problem;
}
