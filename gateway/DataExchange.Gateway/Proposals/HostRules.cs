using DataExchange.Merkle;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;

namespace DataExchange.Gateway.Proposals;

/// <summary>Rules of changes that need a parser which the rules themselves do not have.</summary>
internal static class HostRules
{
    /// <summary>A witness policy that does not parse would stop every gateway of the region, so it is refused like one in a founding file.</summary>
    public static IEnumerable<FoundingFault> Check(GovernanceEvent change) =>
        change is WitnessesAppointed { Appointment.Policy: var policy } && !TlogPolicy.TryParse(policy, out _, out var fault)
            ? [new FoundingFault("$.change.policy", $"{fault}.")]
            : [];
}
