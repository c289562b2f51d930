using DataExchange.Enforcement.Erasures;
using DataExchange.TransparencyLog.Adoption;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Governance;

/// <summary>Registers the governance ledger.</summary>
public static class GovernanceServices
{
    /// <summary>Adds <see cref="GovernanceLedger"/>, <see cref="SubjectErasure"/>, and what the logs write a first leaf with. Needs the logs, the state reader and the subject vault; the host calls <see cref="GovernanceLedger.FoundAsync"/> before it listens.</summary>
    public static IServiceCollection AddGovernance(this IServiceCollection services) =>
        services.AddSingleton<GovernanceLedger>().AddSingleton<RegisterRebuild>().AddSingleton<SubjectErasure>().AddSingleton<IAdoptionLeaf, AdoptionLeaf>();
}
