using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Edge;

public sealed class RequestHygieneTests(SharedGateway shared) : GatewayTest(shared)
{
    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4")]
    [InlineData("Transfer-Encoding: chunked\r\nX-Content-Length: 4")]
    public async Task A_body_with_two_lengths_is_refused_and_the_connection_closed(string framing)
    {
        var answer = await SendAsync($"POST /v1/consents HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");

        AssertRefused(answer);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("200 OK", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_coding_in_http_1_0_is_refused() =>
        AssertRefused(await SendAsync("POST /v1/consents HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));

    [Fact]
    public async Task A_line_that_ends_in_a_bare_line_feed_is_refused() =>
        Assert.StartsWith("HTTP/1.1 400", await SendAsync("GET /health/live HTTP/1.1\nHost: x\n\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/health//live")]
    [InlineData("//health/live")]
    [InlineData("/health/..%2flive")]
    [InlineData("/health/%2e%2e/live")]
    [InlineData("/x/../health/live")]
    [InlineData("/./health/live")]
    [InlineData("/health\\live")]
    [InlineData("/health%5clive")]
    [InlineData("/health/live%01")]
    [InlineData("/health%252flive")]
    [InlineData("/.well-known/../health/live")]
    [InlineData("/.well-known/.well-known/data-exchange")]
    [InlineData("/.hidden")]
    public async Task A_path_that_could_be_read_in_two_ways_is_refused(string path) =>
        AssertRefused(await SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

    [Theory]
    [InlineData("GET /health/live%00 HTTP/1.1")]
    [InlineData("GET  /health/live HTTP/1.1")]
    [InlineData("GET /health/live HTTP/9.9")]
    [InlineData("GET /health/live")]
    public async Task What_the_server_cannot_parse_it_refuses_without_a_word(string line) =>
        Assert.Matches("^HTTP/1.1 (400|505) ", await SendAsync($"{line}\r\nHost: x\r\nConnection: close\r\n\r\n"));

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    public async Task A_method_offered_nowhere_is_refused(string method)
    {
        var answer = await SendAsync($"{method} /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"method-not-allowed\"", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: GET, HEAD, POST, ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_is_not_opened() =>
        Assert.StartsWith("HTTP/1.1 4", await SendAsync("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_header_does_not_change_the_method(string header) =>
        Assert.StartsWith("HTTP/1.1 200", await SendAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\n{header}: DELETE\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_well_known_path_is_served() =>
        Assert.StartsWith("HTTP/1.1 200", await SendAsync("GET /.well-known/data-exchange HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    private Task<string> SendAsync(string request) => RawRequest.SendAsync(Client.BaseAddress!, request, Cancelled);

    private static void AssertRefused(string answer)
    {
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request-malformed\"", answer, StringComparison.Ordinal);
    }
}
