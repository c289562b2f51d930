using System.Text;
using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Requests;

/// <summary>What cannot be read is refused before anything is looked up, asked or logged.</summary>
public sealed class BadRequestTests
{
    private const string Good = """{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"]}""";

    [Theory]
    [InlineData("", "request-malformed")]
    [InlineData("null", "request-malformed")]
    [InlineData("[]", "request-malformed")]
    [InlineData("{", "request-malformed")]
    [InlineData("{}", "request-malformed")]
    [InlineData("\"name\"", "request-malformed")]
    [InlineData(Good + Good, "request-malformed")]
    [InlineData(Good + " x", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":[]}""", "fields-required")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["*"]}""", "fields-required")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["na*"]}""", "fields-required")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name","name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":[null]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":[""]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":"name"}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["na\u0000me"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["\ud800"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental"}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":null,"fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":["rental","other"],"fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"],"admin":true}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"Purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"],"case":"a b"}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"],"mandate":""}""", "request-malformed")]
    [InlineData("""{"subject":null,"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"110105194912310020"},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002x"},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"1101051949123100"},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"1 OR 1=1"},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"","value":"11010519491231002X"},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":""},"purpose":"rental","fields":["name"]}""", "request-malformed")]
    public async Task Bad_input_is_a_problem_with_a_slug(string body, string code)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await gateway.PostAsync(TestRegion.Residence + "/query", body).ProblemAsync();

        Assert.Equal((code, 400), (problem.Code, problem.Status));
        Assert.DoesNotContain("1949", problem.Detail, StringComparison.Ordinal);
        Assert.Equal((0, 0L), (gateway.Provider.Count, gateway.Logs.Access.Latest.Size));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_malformed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var body = Encoding.Latin1.GetBytes(Good.Replace("name", "n\u00e4me", StringComparison.Ordinal));

        var problem = await gateway.Client.PostAsync($"/v1/records/{TestRegion.Residence}/query", new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, TestContext.Current.CancellationToken).ProblemAsync();

        Assert.Equal("request-malformed", problem.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_too_large_announced_or_not(bool announced)
    {
        await using var gateway = await TestGateway.StartAsync();
        var body = Encoding.UTF8.GetBytes(Good + new string(' ', 64 * 1024));
        HttpContent content = announced ? new ByteArrayContent(body) : new StreamContent(new Unseekable(body));
        content.Headers.ContentType = new("application/json");

        var problem = await gateway.Client.PostAsync($"/v1/records/{TestRegion.Residence}/query", content, TestContext.Current.CancellationToken).ProblemAsync();

        Assert.Equal("payload-too-large", problem.Code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-ndjson")]
    public async Task Another_media_type_is_not_taken(string mediaType)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal("unsupported-media-type", (await gateway.PostAsync(TestRegion.Residence + "/query", Good, mediaType).ProblemAsync()).Code);
    }

    [Theory]
    [InlineData("application/json; charset=gb18030")]
    [InlineData("application/json; charset=utf-8; version=2")]
    [InlineData("json")]
    [InlineData(null)]
    public async Task Another_encoding_is_not_taken(string? contentType)
    {
        await using var gateway = await TestGateway.StartAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        Assert.Equal("unsupported-media-type", (await gateway.Client.PostAsync($"/v1/records/{TestRegion.Residence}/query", content, TestContext.Current.CancellationToken).ProblemAsync()).Code);
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
