using DataExchange.Enforcement.Agreements;
using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Batch;
using DataExchange.Enforcement.Cases;
using DataExchange.Enforcement.Catalogue;
using DataExchange.Enforcement.Evaluations;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Providers;
using DataExchange.Enforcement.Quotas;
using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Scorecards;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Configuration.RouteValidators;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace DataExchange.Enforcement;

/// <summary>Registers the policy enforcement point.</summary>
public static class DataExchangeServiceCollectionExtensions
{
    /// <summary>
    /// Adds the exchange and the proxy that it runs in. Needs, added beside it: the logs (<c>AddTransparencyLogs</c>), the subject vault
    /// (<c>AddSubjectVault</c>) and the governance ledger. Settings: sections <c>Providers</c> and <c>Batch</c>, checked at start.
    /// </summary>
    public static IServiceCollection AddDataExchange(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        AddSettings(services, configuration);
        AddExchange(services);
        services.AddAnomalies(configuration);
        AddProviders(services);
        AddProxy(services);
        return services;
    }

    private static void AddSettings(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProvidersOptions>().Bind(configuration.GetSection(ProvidersOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProvidersOptions>, ProvidersOptionsValidator>();
        services.AddOptions<BatchOptions>().Bind(configuration.GetSection(BatchOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BatchOptions>, BatchOptionsValidator>();
    }

    private static void AddExchange(IServiceCollection services)
    {
        services.AddSingleton<EnforcementMetrics>();
        services.AddSingleton<QuotaWindows>();
        services.AddSingleton<Judge>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<AgreementBreaches>();
        services.AddSingleton<Outcomes>();
        services.AddSingleton<Release>();
        services.AddSingleton<RecordExchange>();
        services.AddSingleton<BatchExchange>();
        services.AddSingleton<ProxyPipeline>();
        services.AddSingleton(provider => new CaseGather(provider.GetRequiredService<RecordExchange>(), provider.GetRequiredService<ProxyPipeline>()));
        services.AddSingleton<DecisionReplay>();
        services.AddSingleton(provider => new AccessEvaluator(
            provider.GetRequiredService<SubjectVault>(), provider.GetRequiredService<GovernanceLedger>(), provider.GetRequiredService<QuotaWindows>(),
            provider.GetRequiredService<AccessLog>(), provider.GetRequiredService<LogClock>(), provider.GetRequiredService<EnforcementMetrics>()));
        services.AddSingleton<ScorecardReader>();
    }

    private static void AddProviders(IServiceCollection services)
    {
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<ProviderPipelines>();
    }

    private static void AddProxy(IServiceCollection services)
    {
        services.AddReverseProxy().AddTransforms<ExchangeTransforms>();
        services.AddSingleton<IProxyConfigProvider, CatalogueConfigProvider>();
        services.AddSingleton<IRouteValidator, DatasetRouteValidator>();
        services.AddSingleton<IForwarderHttpClientFactory, ProviderClientFactory>();
        // In front of whatever forwards, and of whatever judges addresses by how that went.
        Wrap<IHttpForwarder, PermitRequiredForwarder>(services);
        Wrap<IPassiveHealthCheckPolicy, AskedAddressesPolicy>(services);
    }

    /// <summary>Puts a decorator around the proxy's one service of that type. Were YARP to register it otherwise, this fails at start rather than leave it bare.</summary>
    private static void Wrap<TService, TDecorator>(IServiceCollection services)
        where TService : class
        where TDecorator : TService
    {
        var bare = services.Single(service => service.ServiceType == typeof(TService));
        var type = bare.ImplementationType ?? throw new InvalidOperationException($"YARP's {typeof(TService).Name} is not registered by its type.");
        services.Remove(bare);
        services.AddSingleton<TService>(provider => ActivatorUtilities.CreateInstance<TDecorator>(
            provider, (TService)ActivatorUtilities.CreateInstance(provider, type)));
    }
}
