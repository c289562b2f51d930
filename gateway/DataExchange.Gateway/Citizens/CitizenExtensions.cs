namespace DataExchange.Gateway.Citizens;

public static class CitizenExtensions
{
    public static void AddCitizens(this WebApplicationBuilder builder) => builder.Services.AddSingleton<MyEntries>();
}
