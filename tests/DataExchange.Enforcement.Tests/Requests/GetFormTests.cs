using System.Diagnostics;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Requests;

public sealed class GetFormTests
{
    private const string Person = $"/v1/records/{TestRegion.Residence}/11010519491231002X";

    [Fact]
    public async Task The_convenience_form_is_the_same_exchange()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.Client.GetAsync(Person + "?purpose=rental&fields=name,born", TestContext.Current.CancellationToken).AnswerAsync();

        Assert.Equal("""{"name":"张\"三\"","born":1949}""", answer.Record.GetRawText());
        Assert.Equal(TestRegion.ZhangSan, Assert.Single(gateway.Provider.Questions).Subject);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Theory]
    [InlineData("", "fields-required")]
    [InlineData("?purpose=rental", "fields-required")]
    [InlineData("?fields=name", "request-malformed")]
    [InlineData("?purpose=rental&fields=", "request-malformed")]
    [InlineData("?purpose=rental&fields=*", "fields-required")]
    [InlineData("?purpose=rental&fields=name,name", "request-malformed")]
    [InlineData("?purpose=rental&fields=name,", "request-malformed")]
    [InlineData("?purpose=rental&fields=name&fields=born", "request-malformed")]
    [InlineData("?purpose=rental&purpose=other&fields=name", "request-malformed")]
    [InlineData("?purpose=rental&fields=name&all=true", "request-malformed")]
    [InlineData("?purpose=rental&fields=na%00me", "request-malformed")]
    public async Task Its_parameters_are_read_strictly(string query, string code)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(code, (await gateway.Client.GetAsync(Person + query, TestContext.Current.CancellationToken).ProblemAsync()).Code);
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_span_of_it_holds_no_identity_number()
    {
        // The listener hears every gateway of this process, and a span ends after its answer has left: so a trace of our own, and a look once the gateway has stopped.
        using var spans = new Spans();
        var trace = ActivityTraceId.CreateRandom();
        await using (var gateway = await TestGateway.StartAsync())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Person + "?purpose=rental&fields=name");
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
            await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken).AnswerAsync();
        }

        var server = Assert.Single(spans.Ended.Where(span => span.TraceId == trace), span => span.TagObjects.Any(tag => tag.Value is string text && text.EndsWith(TestRegion.Residence + "/{subject}", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.TagObjects, tag => $"{tag.Value}".Contains("1949", StringComparison.Ordinal));
        Assert.DoesNotContain("1949", server.DisplayName, StringComparison.Ordinal);
    }

    /// <summary>Collects spans of ASP.NET Core, the way an exporter does: what stands in them when they end.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = activity => activity.SetTag("url.path", Person),
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Ended => [.. _ended];

        public void Dispose() => _listener.Dispose();
    }
}
