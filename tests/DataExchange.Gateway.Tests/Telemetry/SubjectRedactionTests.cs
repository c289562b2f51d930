using System.Diagnostics;
using DataExchange.Gateway.Telemetry;

namespace DataExchange.Gateway.Tests.Telemetry;

public sealed class SubjectRedactionTests
{
    private const string Number = "11010519491231002X";

    [Fact]
    public void A_server_span_keeps_the_route_and_loses_what_the_caller_wrote()
    {
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "test", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var server = source.StartActivity("GET", ActivityKind.Server)!;
        server.SetTag("http.route", "/v1/records/{provider}/{dataset}/{subject}").SetTag("url.path", "/v1/records/a/b/" + Number);
        server.SetTag("url.query", "?x=" + Number).SetTag("user_agent.original", Number).SetTag("http.request.method_original", Number);

        using var redaction = new SubjectRedaction();
        redaction.OnEnd(server);

        Assert.Equal("/v1/records/{provider}/{dataset}/{subject}", server.GetTagItem("url.path"));
        Assert.DoesNotContain(server.TagObjects, tag => tag.Value is string text && text.Contains(Number, StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_that_matched_no_route_is_not_kept()
    {
        using var source = new ActivitySource("test-unmatched");
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "test-unmatched", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var server = source.StartActivity("GET /nowhere/" + Number, ActivityKind.Server)!;
        server.SetTag("url.path", "/nowhere/" + Number);

        using var redaction = new SubjectRedaction();
        redaction.OnEnd(server);

        Assert.Equal("(no route)", server.GetTagItem("url.path"));
        Assert.Equal("GET", server.DisplayName);
    }
}
