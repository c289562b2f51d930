using DataExchange.Enforcement.Erasures;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Governance;

/// <summary>Registers the governance ledger.</summary>
public static class GovernanceServices
{
    /// <summary>Adds <see cref="GovernanceLedger"/> and <see cref="SubjectErasure"/>. Needs the logs, the state reader and the subject vault; the host calls <see cref="GovernanceLedger.FoundAsync"/> before it listens.</summary>
    public static IServiceCollection AddGovernance(this IServiceCollection services) => services.AddSingleton<GovernanceLedger>().AddSingleton<SubjectErasure>();
}
