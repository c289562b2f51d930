using DataExchange.Gateway.Cases.Evidence;
using DataExchange.Gateway.Cases.Gathering;

namespace DataExchange.Gateway.Cases;

public static class CaseExtensions
{
    public static void AddCases(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CaseAccess>();
        builder.Services.AddSingleton<CaseConsentSender>();
        builder.Services.AddSingleton<CaseGatherings>();
        builder.Services.AddSingleton<EvidenceReader>();
    }
}
