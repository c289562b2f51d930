namespace DataExchange.Gateway.Anomalies;

public static class AnomalyExtensions
{
    public static void AddAnomalyReviews(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AnomalyQueue>().AddSingleton<AnomalyReviews>();
}
