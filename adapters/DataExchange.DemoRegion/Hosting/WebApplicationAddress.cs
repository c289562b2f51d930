using Microsoft.AspNetCore.Builder;

namespace DataExchange.DemoRegion.Hosting;

internal static class WebApplicationAddress
{
    /// <summary>Where a started application listens: one address, with the port that the system chose.</summary>
    public static Uri Address(this WebApplication app) => new(app.Urls.Single());
}
