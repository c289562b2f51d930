using DataExchange.Enforcement;
using DataExchange.Gateway.Agreements;
using DataExchange.Gateway.Anomalies;
using DataExchange.Gateway.ApiPage;
using DataExchange.Gateway.AuthZen;
using DataExchange.Gateway.Cases;
using DataExchange.Gateway.Catalogue;
using DataExchange.Gateway.Citizens;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Consents;
using DataExchange.Gateway.Decisions;
using DataExchange.Gateway.DevelopmentAuthority;
using DataExchange.Gateway.Discovery;
using DataExchange.Gateway.Edge;
using DataExchange.Gateway.Health;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Json;
using DataExchange.Gateway.Logs;
using DataExchange.Gateway.Matters;
using DataExchange.Gateway.Members;
using DataExchange.Gateway.Notices;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Proposals;
using DataExchange.Gateway.Receipts;
using DataExchange.Gateway.Region;
using DataExchange.Gateway.Scorecards;
using DataExchange.Gateway.Subjects;
using DataExchange.Gateway.Telemetry;

try
{
    var builder = WebApplication.CreateBuilder(args);
    var profile = builder.AddProfile();
    builder.AddEdge();
    builder.AddJson();
    builder.AddTelemetry();
    await builder.AddRegionAsync(profile);
    builder.AddDevelopmentAuthority(profile);
    builder.AddIdentity(profile);
    builder.AddCommands();
    builder.AddCatalogue();
    builder.AddConsents();
    builder.AddAgreements();
    builder.AddPersonal();
    builder.AddCases();
    builder.AddCitizens();
    builder.AddAuthZen();
    builder.AddAnomalyReviews();
    builder.AddHealth();
    builder.AddOpenApiDocument();

    await using var app = builder.Build();
    if (args.Contains(RegisterRebuilding.Command))
    {
        return await app.RebuildRegistersAsync();
    }

    await app.OpenRegionAsync();
    app.UseProblems();
    app.UseEdge();
    app.UseAuthZen();
    app.UseDevelopmentAuthority(profile);
    app.UseRouting();
    app.UseIdentity();

    app.MapDataExchange().RequireToken();
    app.MapConsents();
    app.MapAgreements();
    app.MapPersonal();
    app.MapMatters();
    app.MapCases();
    app.MapMembers();
    app.MapProposals();
    app.MapNotices();
    app.MapDecisions();
    app.MapAuthZen();
    app.MapCitizens();
    app.MapErasure();
    app.MapAnomalies();
    app.MapScorecards();
    app.MapReceipts();
    app.MapCatalogue();
    app.MapLogs();
    app.MapDiscovery();
    app.MapHealth();
    app.MapOpenApiDocument();
    app.MapApiPage();
    app.VerifyEndpointDemands();
    await app.ServeAsync();
    return 0;
}
catch (StartupRefusedException refusal)
{
    return refusal.Report();
}
