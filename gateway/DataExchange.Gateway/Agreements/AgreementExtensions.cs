using DataExchange.Enforcement.Agreements;

namespace DataExchange.Gateway.Agreements;

public static class AgreementExtensions
{
    public static void AddAgreements(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgreementSteps>();
        builder.Services.AddHostedService<AgreementClockWatch>();
    }
}
