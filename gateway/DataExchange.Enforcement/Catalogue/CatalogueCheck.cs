using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Catalogue;

/// <summary>What has to hold before anything is routed.</summary>
internal static class CatalogueCheck
{
    public static void Run(IServiceProvider services)
    {
        var rules = services.GetRequiredService<GovernanceLedger>().Current;
        if (rules.GovernanceSize == 0)
        {
            throw new InvalidOperationException("There is no catalogue to route by: found the region (GovernanceLedger.FoundAsync) before MapDataExchange.");
        }

        var strangers = services.GetRequiredService<ProviderDirectory>().Configured.Where(code => rules.FindMember(code) is null).Order().ToArray();
        if (strangers.Length > 0)
        {
            throw new InvalidOperationException(
                $"{ProvidersOptions.Section} names {string.Join(", ", strangers)}, which the region '{rules.Region}' has no member for. "
                + $"Its members are {string.Join(", ", rules.Members.Select(member => member.Code).Order())}.");
        }
    }
}
