using DataExchange.Adapters.Tests.Conformance;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DataExchange.Adapters.Configuration;
using DataExchange.Contracts;
using DataExchange.Contracts.Providers;
using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Population;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Adapters.Tests.DemoRegion;

public sealed class DemoRegionHostTests(BuiltRegion region, RunningRegion running) : IClassFixture<RunningRegion>, IDisposable
{
    private readonly HttpClient _client = new();

    private IReadOnlyDictionary<string, Uri> Adapters => running.Host.Adapters;

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Every_department_that_provides_has_an_adapter_on_the_loopback()
    {
        Assert.Equal(
            ["civil-affairs", "education", "human-resources", "market-regulation", "natural-resources", "public-security"],
            Adapters.Keys.Order());
        Assert.All(Adapters.Values, address => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(address.Host))));
    }

    [Fact]
    public async Task Every_field_of_the_catalogue_is_answered_for_the_first_person()
    {
        using var founding = JsonDocument.Parse(await File.ReadAllBytesAsync(region.Folder.FoundingFile, TestContext.Current.CancellationToken));
        foreach (var dataset in founding.RootElement.GetProperty("datasets").EnumerateArray())
        {
            if (dataset.GetProperty("shareClass").GetString() == "Prohibited")
            {
                continue;
            }

            var code = dataset.GetProperty("code").GetString()!;
            var fields = dataset.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!);
            var record = await AnswerAsync(code, DemoPeople.First, [.. fields.Keys]);

            Assert.Equal(fields.Keys, record.EnumerateObject().Select(value => value.Name));
            Assert.All(record.EnumerateObject(), value => AssertFits(fields[value.Name], value.Value));
        }
    }

    [Theory]
    [InlineData("public-security/residence", "name", "\"王秀英\"")]
    [InlineData("public-security/residence", "birthDate", "\"1949-12-31\"")]
    [InlineData("public-security/residence", "address", "\"明川省云澜市松月区听雨路18号3栋2单元501室\"")]
    [InlineData("civil-affairs/marriage", "spouseName", "\"李国强\"")]
    [InlineData("civil-affairs/marriage", "registeredOn", "\"1972-10-01\"")]
    [InlineData("human-resources/social-insurance", "status", "\"退休\"")]
    [InlineData("human-resources/social-insurance", "monthlyBase", "8600")]
    [InlineData("human-resources/social-insurance", "employer", "null")]
    [InlineData("natural-resources/property", "areaSquareMetres", "86.5")]
    [InlineData("natural-resources/property", "coOwner", "\"李国强\"")]
    [InlineData("market-regulation/enterprise", "status", "\"存续\"")]
    public async Task What_the_registers_hold_about_the_first_person_is_known(string dataset, string field, string json)
    {
        var record = await AnswerAsync(dataset, DemoPeople.First, field);

        Assert.Equal(json, record.GetProperty(field).GetRawText());
    }

    [Theory]
    [InlineData("education/degree", DemoPeople.Graduate, "level", "\"硕士\"")]
    [InlineData("market-regulation/enterprise", DemoPeople.Entrepreneur, "status", "\"存续\"")]
    [InlineData("public-security/residence", DemoPeople.Child, "relationToHead", "\"女\"")]
    [InlineData("public-security/residence", DemoPeople.Child, "phone", "null")]
    [InlineData("civil-affairs/marriage", DemoPeople.FirstsHusband, "spouseNumber", "\"11010519491231002X\"")]
    public async Task The_other_people_made_by_hand_are_where_documents_say(string dataset, string person, string field, string json)
    {
        var record = await AnswerAsync(dataset, person, field);

        Assert.Equal(json, record.GetProperty(field).GetRawText());
    }

    [Theory]
    [InlineData("civil-affairs/marriage", "status")]
    [InlineData("natural-resources/property", "properties")]
    [InlineData("market-regulation/enterprise", "name")]
    [InlineData("education/degree", "level")]
    public async Task Someone_who_has_no_entry_is_not_found(string dataset, string field)
    {
        using var response = await AskAsync(dataset, RunningRegion.Question(running.Log, dataset, DemoPeople.Single, field));

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task Sealed_criminal_records_have_no_door()
    {
        using var response = await AskAsync(
            "public-security/criminal-record", RunningRegion.Question(running.Log, "public-security/criminal-record", DemoPeople.First, "caseNumber"));

        Assert.Equal((HttpStatusCode.Conflict, "state-conflict"), (response.StatusCode, await CodeAsync(response)));
    }

    [Theory]
    [InlineData("public-security/residence", "name")]
    [InlineData("civil-affairs/marriage", "status")]
    [InlineData("human-resources/social-insurance", "status")]
    [InlineData("natural-resources/property", "properties")]
    [InlineData("market-regulation/enterprise", "name")]
    [InlineData("education/degree", "level")]
    public async Task No_adapter_answers_a_question_that_only_another_log_holds(string dataset, string field)
    {
        using var otherLog = new IntentForge();
        using var response = await AskAsync(dataset, RunningRegion.Question(otherLog, dataset, DemoPeople.First, field));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_verifier_key_that_cannot_be_read_stops_the_start() => await Assert.ThrowsAsync<AdapterConfigurationException>(
        () => DemoRegionHost.StartAsync(
            region.Folder, "no key", NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken));

    private static void AssertFits(JsonElement field, JsonElement value)
    {
        var nullable = field.TryGetProperty("nullable", out var mayBeNull) && mayBeNull.GetBoolean();
        JsonValueKind[] allowed = field.GetProperty("type").GetString() switch
        {
            "Integer" or "Number" => [JsonValueKind.Number],
            "String" or "Date" => [JsonValueKind.String],
            var type => throw new InvalidOperationException($"No demo field is of type {type}."),
        };
        Assert.Contains(value.ValueKind, nullable ? [.. allowed, JsonValueKind.Null] : allowed);
    }

    private async Task<JsonElement> AnswerAsync(string dataset, string number, params string[] fields)
    {
        using var response = await AskAsync(dataset, RunningRegion.Question(running.Log, dataset, number, fields));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync(
            ContractsJsonContext.Default.ProviderAnswer, TestContext.Current.CancellationToken);
        Assert.Equal((dataset, 1, number), (answer!.Dataset, answer.Revision, answer.Subject.Value));
        return answer.Record;
    }

    private Task<HttpResponseMessage> AskAsync(string dataset, ProviderQuery query) =>
        PostAsync(Adapters[dataset.Split('/')[0]], query);

    private Task<HttpResponseMessage> PostAsync(Uri adapter, ProviderQuery query) => _client.PostAsJsonAsync(
        new Uri(adapter, ProviderProtocol.QueryPath), query, ContractsJsonContext.Default.ProviderQuery, TestContext.Current.CancellationToken);

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return problem.RootElement.GetProperty("code").GetString();
    }
}
