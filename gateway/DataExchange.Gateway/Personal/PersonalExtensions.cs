using DataExchange.Enforcement.Personal;
using DataExchange.Gateway.BreakGlass;
using DataExchange.Gateway.Complaints;
using DataExchange.Gateway.Corrections;
using DataExchange.Gateway.Disputes;
using DataExchange.Gateway.Mandates;
using DataExchange.Gateway.Notifications;
using DataExchange.Gateway.Restrictions;

namespace DataExchange.Gateway.Personal;

/// <summary>The registers about people besides consents, and the disputes that come of them.</summary>
public static class PersonalExtensions
{
    public static void AddPersonal(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PersonalSteps>();
        builder.Services.AddSingleton<BreakGlassUses>();
        builder.Services.AddSingleton<OpenedIntents>();
        builder.Services.AddSingleton<CorrectionReports>();
        builder.Services.AddHostedService<PersonalClockWatch>();
    }

    public static void MapPersonal(this IEndpointRouteBuilder app)
    {
        app.MapMandates();
        app.MapRestrictions();
        app.MapBreakGlass();
        app.MapBreakGlassReviews();
        app.MapCorrections();
        app.MapComplaints();
        app.MapDisputes();
        app.MapNotifications();
    }
}
