using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Malformed;

/// <summary>Bad input of every kind, on every endpoint: a 4xx problem with a known code, never a 5xx.</summary>
public sealed class MalformedRequestTests(SharedGateway shared) : GatewayTest(shared)
{
    private const int Requests = 100_000;
    private const int RawRequests = 3_000;
    private const int Callers = 16;

    private const string Query = """{"subject":{"scheme":"cn-resident-id","value":"110105194912310021"},"purpose":"rental-housing-application","fields":["name"]}""";
    private const string Consent = """{"subject":{"scheme":"cn-resident-id","value":"110105194912310021"},"notice":"rental-social-insurance","language":"zh","purpose":"rental-housing-application","dataset":"human-resources/social-insurance","fields":["status"],"kind":"general","validTo":"2001-01-01T00:00:00Z"}""";

    private const string Evaluation = """{"subject":{"type":"client","id":"housing-authority"},"action":{"name":"x"},"resource":{"type":"dataset","id":"public-security/residence","properties":{"subject":{"scheme":"cn-resident-id","value":"110105194912310021"},"purpose":"rental-housing-application","fields":["name"]}}}""";

    /// <summary>Method, path, body. Each is broken somewhere before it is sent.</summary>
    private static readonly (string Method, string Path, string? Body)[] Templates =
    [
        ("POST", "/v1/records/public-security/residence/query", Query),
        ("POST", "/v1/records/human-resources/social-insurance/query", Query),
        ("POST", "/v1/records/public-security/residence/batch", Query + "\n" + Query),
        ("GET", "/v1/records/public-security/residence/110105194912310021?purpose=rental-housing-application&fields=name", null),
        ("POST", "/v1/consents", Consent),
        ("GET", "/v1/consents/0123456789abcdef0123456789abcdef", null),
        ("POST", "/v1/consents/0123456789abcdef0123456789abcdef/give", """{"evidenceHash":"x"}"""),
        ("POST", "/v1/consents/0123456789abcdef0123456789abcdef/withdraw", "{}"),
        ("POST", "/access/v1/evaluation", Evaluation),
        ("POST", "/access/v1/evaluations", """{"evaluations":[""" + Evaluation + """],"options":{"evaluations_semantic":"x"}}"""),
        ("GET", "/v1/receipts/access/99999999999", null),
        ("GET", "/v1/decisions/99999999999", null),
        ("GET", "/log/access/tile/0/x999/999", null),
        ("GET", "/log/governance/tile/entries/x999/999.p/9", null),
        ("POST", "/dev/v2.0/token", "grant_type=client_credentials&client_id=housing-authority&client_secret=wrong&scope=exchange"),
        ("DELETE", "/v1/catalogue", null),
        ("PUT", "/health/live", null),
        ("PATCH", "/.well-known/data-exchange", "{}"),
    ];

    [Fact]
    public async Task A_hundred_thousand_broken_requests_get_a_problem_each_and_never_a_server_error()
    {
        var token = await Client.OfClientAsync("housing-authority");
        var refused = 0;
        var accepted = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var mutator = new Mutator((ulong)caller);
            for (var i = caller; i < Requests; i += Callers)
            {
                using var request = Broken(mutator, token, Client.BaseAddress!);
                using var response = await Client.SendAsync(request, Cancelled);
                if ((int)response.StatusCode < 400)
                {
                    // A mutation can leave a request valid: white space, or a change undone by the next.
                    Interlocked.Increment(ref accepted);
                    continue;
                }

                Interlocked.Increment(ref refused);
                await CheckAsync(request, response);
            }
        }));

        Assert.Equal(Requests, refused + accepted);
        Assert.True(accepted < Requests / 10, $"{accepted} of {Requests} broken requests were accepted.");
    }

    [Fact]
    public async Task Bytes_that_are_hardly_HTTP_never_bring_the_gateway_down()
    {
        var mutator = new Mutator(77);
        for (var i = 0; i < RawRequests; i++)
        {
            var text = mutator.Break($"POST /v1/records/public-security/residence/query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Query.Length}\r\nConnection: close\r\n\r\n{Query}");
            var status = await SendRawAsync(Encoding.UTF8.GetBytes(text));
            // 505 is the right word for a request line whose version was broken.
            Assert.True(status is null or < 500 or 505, $"{status} for {JsonSerializer.Serialize(text)}");
        }

        using var live = await Client.GetAsync("/health/live", Cancelled);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static HttpRequestMessage Broken(Mutator mutator, string token, Uri gateway)
    {
        var (method, path, body) = mutator.Pick(Templates);
        var where = mutator.Next(6);
        if (where == 0 && mutator.Break(path) is ['/', ..] broken && Uri.TryCreate(gateway.GetLeftPart(UriPartial.Authority) + broken, UriKind.Absolute, out var parsed) && parsed.Authority == gateway.Authority)
        {
            path = broken;
        }

        var request = new HttpRequestMessage(new HttpMethod(where == 1 ? mutator.Pick(["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"]) : method), new Uri(gateway.GetLeftPart(UriPartial.Authority) + path));
        request.Headers.Authorization = where == 2 ? null : new AuthenticationHeaderValue("Bearer", where == 3 ? Sendable(mutator.Break(token)) : token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(mutator.Break(body)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", where == 4
                ? mutator.Pick(["text/plain", "application/xml", "application/json; charset=utf-7", "multipart/form-data", "x"])
                : path.EndsWith("/batch", StringComparison.Ordinal) ? "application/x-ndjson" : path.EndsWith("/token", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        }

        return request;
    }

    /// <summary>What a client can put into a header at all.</summary>
    private static string Sendable(string value) => string.Concat(value.Where(c => c is > ' ' and <= '~'));

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        string Told() => $"{(int)response.StatusCode} for {request.Method} {JsonSerializer.Serialize(request.RequestUri!.OriginalString)}";
        Assert.True((int)response.StatusCode < 500, Told());
        if (request.Method == HttpMethod.Head || request.RequestUri!.AbsolutePath.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return; // No body; or an OAuth error, which RFC 6749 gives its own form.
        }

        var body = await response.Content.ReadAsStringAsync(Cancelled);
        if (body.Length == 0 && response.StatusCode == HttpStatusCode.BadRequest && IsBrokenTarget(request.RequestUri))
        {
            return; // No request target at all: the server's own parser refuses it, with a bare 400, before any of ours runs.
        }

        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{Told()}: {response.Content.Headers.ContentType} {JsonSerializer.Serialize(body)}");
        using var problem = JsonDocument.Parse(body);
        var code = problem.RootElement.GetProperty("code").GetString()!;
        Assert.True(ProblemSlugs.All.TryGetValue(code, out var slug) && slug.Status == (int)response.StatusCode, $"{Told()}: {code}");
    }

    private static bool IsBrokenTarget(Uri target) => Templates.All(template => template.Path != target.PathAndQuery);

    /// <summary>The status of whatever came back; null when the connection was closed without a word.</summary>
    private async Task<int?> SendRawAsync(byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port, Cancelled);
        var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(bytes, Cancelled);
            socket.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(Cancelled) is ['H', 'T', 'T', 'P', ..] line && int.TryParse(line.Split(' ')[1], out var status) ? status : null;
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return null; // Reset while we still wrote.
        }
    }
}
