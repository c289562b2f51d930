using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// The register row that says who witnesses the logs. It commits with the event, and it alone can be read before the logs are open: the
/// witnesses are asked before anything is signed.
/// </summary>
public static class WitnessRegister
{
    private const string Register = "witness";
    private const string Row = "appointment";

    /// <summary>The newest appointment; null where the log holds none.</summary>
    public static async ValueTask<WitnessAppointment?> ReadAsync(IStateReader state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        await foreach (var row in state.ReadAsync(Register, cancellationToken))
        {
            return GovernanceRecords.ReadWitnesses(row.Value.Span);
        }

        return null;
    }

    /// <summary>The row that a vote changes: none, unless it is the approval that enacts another appointment.</summary>
    internal static IEnumerable<StateChange> Enacted(GovernanceEvent accepted, RegionSnapshot rules) =>
        accepted is ProposalApproved && rules.Apply(accepted, rules.GovernanceSize).Witnesses is { } next && !ReferenceEquals(next, rules.Witnesses)
            ? [Change(new WitnessesAppointed(next))]
            : [];

    internal static StateChange Change(WitnessesAppointed appointed) => new(Register, Row, GovernanceRecords.Write(appointed));
}
