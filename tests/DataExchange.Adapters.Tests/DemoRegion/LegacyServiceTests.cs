using System.Net;
using System.Text;
using System.Text.Json;
using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Adapters.Tests.DemoRegion;

public sealed class LegacyServiceTests(BuiltRegion region) : IAsyncLifetime
{
    private const string ApiKey = "a key of this test";

    private readonly HttpClient _client = new();
    private WebApplication _service = null!;

    public async ValueTask InitializeAsync()
    {
        var store = await LegacyStore.OpenAsync(
            Path.Combine(region.Folder.Root, "education", "documents.jsonl"), TestContext.Current.CancellationToken);
        var guest = new AdapterGuest("", NullLoggerFactory.Instance, TimeProvider.System);
        _service = await LegacyService.StartAsync(store, ApiKey, guest, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task A_known_person_is_answered_in_the_envelope()
    {
        var (status, body) = await AskAsync($$"""{"sfzh":"{{DemoPeople.Graduate}}"}""");

        using var answer = JsonDocument.Parse(body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("林晓雨", answer.RootElement.GetProperty("data").GetProperty("xm").GetString());
    }

    [Theory]
    [InlineData("""{"sfzh":"419903199508120016"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"sfzh":17}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"number":"11010519491231002X"}""", HttpStatusCode.BadRequest)]
    [InlineData("""["11010519491231002X"]""", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Anything_else_is_answered_with_its_status(string body, HttpStatusCode expected) =>
        Assert.Equal(expected, (await AskAsync(body)).Status);

    [Theory]
    [InlineData("")]
    [InlineData("A key of this test")]
    [InlineData("a key of this test, and more")]
    public async Task A_wrong_key_opens_nothing(string key) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync($$"""{"sfzh":"{{DemoPeople.Graduate}}"}""", key)).Status);

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string body, string key = ApiKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_service.Address(), LegacyService.Path))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(LegacyService.KeyHeader, key);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
