using System.Net.Http.Headers;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Anomalies;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Enforcement.Tests.Anomalies;

/// <summary>A gateway whose officials are watched, on a working day at half past ten that does not pass.</summary>
internal sealed class WatchedOffice : IAsyncDisposable
{
    public const string StrongAcr = "strong";
    public static readonly Official Clerk = new(TestRegion.HousingClient, "li.clerk");

    private WatchedOffice(TestGateway gateway, StoppedClock clock) => (Gateway, Clock) = (gateway, clock);

    public TestGateway Gateway { get; }

    public StoppedClock Clock { get; }

    public static async Task<WatchedOffice> OpenAsync(AnomalyRuleSet? rules, Func<Official, SubjectRef, Relation>? relations = null)
    {
        var clock = new StoppedClock(new DateTimeOffset(2026, 3, 2, 10, 30, 0, TimeSpan.FromHours(8)));
        var gateway = await TestGateway.StartAsync(setup =>
        {
            setup.Founding = TestRegion.Founding() with { Monitoring = rules };
            setup.Services = services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton<IRelations>(new Told(relations ?? ((_, _) => Relation.None)));
            };
        });
        return new WatchedOffice(gateway, clock);
    }

    /// <summary>The clerk asks for a person's name.</summary>
    public Task<HttpResponseMessage> AskAsync(SubjectRef subject, string user = "li.clerk", string? acr = null, string? openCase = null, string field = "name") =>
        AskAsync(TestGateway.UserToken(user, acr), subject, openCase, field);

    public async Task<HttpResponseMessage> AskAsync(AuthenticationHeaderValue token, SubjectRef subject, string? openCase = null, string field = "name")
    {
        var body = TestGateway.Body(subject, field);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/records/{TestRegion.Residence}/query")
        {
            Content = new StringContent(openCase is null ? body : body[..^1] + $",\"case\":\"{openCase}\"}}", System.Text.Encoding.UTF8, "application/json"),
            Headers = { Authorization = token },
        };
        return await Gateway.Client.SendAsync(request);
    }

    public IReadOnlyList<AnomalyFinding> Findings => [.. Gateway.Ledger.Current.Anomalies.All.OrderBy(finding => finding.LogIndex)];

    public async Task<Subject> SubjectOfAsync(Official official) =>
        await Gateway.Vault.ResolveAsync(Enforcement.Anomalies.OfficialSubject.Of(official), CancellationToken.None);

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    private sealed class Told(Func<Official, SubjectRef, Relation> find) : IRelations
    {
        public bool IsConfigured => true;

        public Relation Find(Official official, SubjectRef subject) => find(official, subject);
    }
}

/// <summary>Shows the time it was set to; timers and timestamps go on as ever.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
