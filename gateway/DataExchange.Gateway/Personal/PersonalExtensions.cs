using DataExchange.Gateway.Mandates;

namespace DataExchange.Gateway.Personal;

/// <summary>The registers about people besides consents.</summary>
public static class PersonalExtensions
{
    public static void AddPersonal(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PersonalSteps>();

    public static void MapPersonal(this IEndpointRouteBuilder app) => app.MapMandates();
}
