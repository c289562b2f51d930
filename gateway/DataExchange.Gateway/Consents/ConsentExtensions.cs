namespace DataExchange.Gateway.Consents;

public static class ConsentExtensions
{
    public static void AddConsents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConsentAccess>();
        builder.Services.AddSingleton<ConsentDecisions>();
        builder.Services.AddSingleton<ConsentBatches>();
    }
}
