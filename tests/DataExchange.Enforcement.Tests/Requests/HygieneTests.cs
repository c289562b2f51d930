using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Requests;

/// <summary>A path has one meaning or none, and nothing textual of the caller goes upstream.</summary>
public sealed class HygieneTests
{
    private static readonly string Body = TestGateway.Body(TestRegion.ZhangSan, "name");

    [Theory]
    [InlineData("/v1/records/police/residence/..%2flimited/query")]
    [InlineData("/v1/records/police/residence%2fquery")]
    [InlineData("/v1/records/police/residence%2Fquery")]
    [InlineData("/v1/records/police%5cresidence/query")]
    [InlineData("/v1/records//police/residence/query")]
    [InlineData("/v1/records/police//residence/query")]
    [InlineData("/v1/records/police/residence/query/")]
    [InlineData("/v1/records/police/./residence/query")]
    [InlineData("/v1/records/nobody/../police/residence/query")]
    [InlineData("/v1/records/police/residence/%71uery")]
    [InlineData("/v1/x/../records/police/residence/query")]
    [InlineData("/v1/records/police/residence/query%00")]
    [InlineData("/v1/records/police/residence\\query")]
    public async Task An_ambiguous_path_reaches_nobody(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await RawHttp.SendAsync(gateway, RawHttp.Post(target, Body));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Equal((0, 0L), (gateway.Provider.Count, gateway.Logs.Access.Latest.Size));
    }

    [Theory]
    [InlineData("/v1/records/police/residence/query")]
    [InlineData("/v1/records/police/residence/query?admin=true")]
    [InlineData("http://gateway/v1/records/police/residence/query")]
    public async Task A_plain_path_is_taken_in_every_form_of_the_standard(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.StartsWith("HTTP/1.1 200", await RawHttp.SendAsync(gateway, RawHttp.Post(target, Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_header_of_the_caller_reaches_the_provider()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await RawHttp.SendAsync(gateway, RawHttp.Post(
            "/v1/records/police/residence/query?x=1", Body,
            "X-Client-Cert: forged", "X-Forwarded-For: 10.0.0.1", "X-HTTP-Method-Override: DELETE", "Cookie: a=b", "User-Agent: caller",
            "Accept-Language: zh", "baggage: who=caller", "tracestate: caller=1", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "Upgrade: websocket", "Connection: Upgrade, close"));

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var headers = Assert.Single(gateway.Provider.Headers);
        Assert.Subset(
            new HashSet<string>(["Accept", "Content-Length", "Content-Type", "Host", "traceparent"], StringComparer.OrdinalIgnoreCase),
            headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(headers.Values, value => value.Contains("caller", StringComparison.Ordinal));
    }
}
