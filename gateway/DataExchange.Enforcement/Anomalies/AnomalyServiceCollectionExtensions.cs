using DataExchange.Policy.Anomalies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExchange.Enforcement.Anomalies;

internal static class AnomalyServiceCollectionExtensions
{
    /// <summary>An <see cref="IRelations"/> that was added before replaces the declared ones.</summary>
    public static void AddAnomalies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AnomalyOptions>().Bind(configuration.GetSection(AnomalyOptions.Section));
        services.TryAddSingleton<IRelations, DeclaredRelations>();
        services.AddSingleton(new AnomalyEngine());
        services.AddSingleton<AnomalyWatch>();
        services.AddSingleton<BaselineRecall>();
        services.AddHostedService(provider => provider.GetRequiredService<BaselineRecall>());
    }
}
