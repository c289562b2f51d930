using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Problems;

public sealed class ProblemShapeTests(SharedGateway shared) : GatewayTest(shared)
{
    [Theory]
    [InlineData("GET", "/nowhere", "not-found")]
    [InlineData("GET", "/v1/receipts/access/x", "not-found")]
    [InlineData("GET", "/v1/receipts/access/9223372036854775807", "not-found")]
    [InlineData("GET", "/v1/receipts/elsewhere/0", "not-found")]
    [InlineData("DELETE", "/health/live", "method-not-allowed")]
    [InlineData("POST", "/v1/catalogue", "method-not-allowed")]
    [InlineData("GET", "/v1/consents", "token-missing")]
    [InlineData("POST", "/v1/consents", "token-missing")]
    [InlineData("GET", "/v1/decisions/0", "token-missing")]
    [InlineData("POST", "/v1/records/public-security/residence/query", "token-missing")]
    [InlineData("GET", "/v1/records/public-security/residence/11010519491231002X?purpose=p&fields=name", "token-missing")]
    public async Task Every_error_is_a_problem_with_its_code(string method, string path, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Client.SendAsync(request, Cancelled);

        await AssertProblemAsync(response, code);
    }

    [Theory]
    [InlineData("Bearer not-a-token")]
    [InlineData("Basic aG91c2luZzpkZW1v")]
    [InlineData("Bearer")]
    [InlineData("Bearer eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJ4In0.")]
    public async Task A_token_that_does_not_verify_says_so_and_challenges(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/consents");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await Client.SendAsync(request, Cancelled);

        await AssertProblemAsync(response, "token-invalid");
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_token_altered_in_one_character_does_not_verify()
    {
        var token = await Client.OfClientAsync("housing-authority");
        var altered = token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/consents") { Headers = { Authorization = Tokens.Bearer(altered) } };
        using var response = await Client.SendAsync(request, Cancelled);

        await AssertProblemAsync(response, "token-invalid");
    }

    [Theory]
    [InlineData("{", "application/json", "request-malformed")]
    [InlineData("null", "application/json", "request-malformed")]
    [InlineData("[]", "application/json", "request-malformed")]
    [InlineData("{}", "application/json", "request-malformed")]
    [InlineData("{\"subject\":1}", "application/json", "request-malformed")]
    [InlineData("subject=1", "application/x-www-form-urlencoded", "unsupported-media-type")]
    [InlineData("{}", "text/plain", "unsupported-media-type")]
    public async Task A_body_that_cannot_be_read_is_the_callers_fault(string body, string type, string code)
    {
        foreach (var path in new[] { "/v1/consents", "/v1/records/public-security/residence/query" })
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Authorization = Tokens.Bearer(await Client.OfClientAsync("housing-authority"));
            using var response = await Client.SendAsync(request, Cancelled);

            await AssertProblemAsync(response, code);
        }
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        using var content = new StringContent("{\"x\":\"" + new string('a', 2 * 1024 * 1024) + "\"}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consents") { Content = content };
        request.Headers.Authorization = Tokens.Bearer(await Client.OfClientAsync("housing-authority"));
        request.Headers.ExpectContinue = true;
        using var response = await Client.SendAsync(request, Cancelled);

        await AssertProblemAsync(response, "payload-too-large");
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, string code)
    {
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("urn:data-exchange:problem:" + code, problem.GetProperty("type").GetString());
        Assert.Equal((HttpStatusCode)ProblemSlugs.All[code].Status, response.StatusCode);
        Assert.Equal(ProblemSlugs.All[code].Status, problem.GetProperty("status").GetInt32());
    }
}
