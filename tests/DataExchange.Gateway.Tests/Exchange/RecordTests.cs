using System.Net;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Exchange;

public sealed class RecordTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Residence = "public-security/residence";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task A_permitted_query_releases_exactly_the_fields_asked_for()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        var answer = (await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name", "address")).Released;

        Assert.Equal(["name", "address"], answer.Record.EnumerateObject().Select(field => field.Name));
        Assert.Equal(Residence, answer.Dataset);
        Assert.Empty(answer.Withheld);
    }

    [Fact]
    public async Task The_receipt_proves_that_this_release_is_in_the_log()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        var answer = (await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name")).Released;
        var (leaf, record) = await ReceiptCheck.VerifyAsync(Client, answer.Receipt);

        Assert.Equal("demo.example/access", answer.Receipt.Log);
        Assert.Equal(LeafKinds.AccessReleased, leaf.Kind);
        Assert.Equal(LeafKinds.AccessReleased, record.GetProperty("kind").GetString());
        Assert.True(answer.Receipt.Index > long.Parse(answer.Decision, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_refusal_names_its_reason_and_is_in_the_log_too()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        var refused = await housing.QueryAsync("human-resources/social-insurance", DemoPeople.Take(Gateway).Number, Rental, "status");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("consent-required", refused.Problem?.Code);
        Assert.Contains(refused.Problem!.Reasons!, reason => reason.Code == "consent-required");
        Assert.NotNull(refused.Problem.Remedy);
        Assert.NotNull(refused.Problem.Receipt);
        var (leaf, _) = await ReceiptCheck.VerifyAsync(Client, refused.Problem.Receipt);
        Assert.Equal(LeafKinds.AccessRefused, leaf.Kind);
    }

    [Theory]
    [InlineData(Residence, "no-such-purpose", "name", "unknown-purpose")]
    [InlineData(Residence, Rental, "no-such-field", "unknown-field")]
    [InlineData(Residence, Rental, "*", "fields-required")]
    [InlineData(Residence, "enterprise-opening", "name", "purpose-not-permitted")]
    public async Task Each_kind_of_refusal_has_its_code(string dataset, string purpose, string field, string code)
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        Assert.Equal(code, (await housing.QueryAsync(dataset, DemoPeople.Take(Gateway).Number, purpose, field)).Problem?.Code);
    }

    [Fact]
    public async Task A_dataset_nobody_knows_is_not_found()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        Assert.Equal("not-found", (await housing.QueryAsync("public-security/no-such", DemoPeople.First.Number, Rental, "name")).Problem?.Code);
    }

    [Fact]
    public async Task The_convenience_form_answers_alike()
    {
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        using var response = await housing.SendAsync(HttpMethod.Get, $"/v1/records/{Residence}/{DemoPeople.First.Number}?purpose={Rental}&fields=name,address");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        var queried = (await housing.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name", "address")).Released;
        Assert.True(JsonElement.DeepEquals(queried.Record, body.RootElement.GetProperty("record")));
    }

    [Fact]
    public async Task A_citizen_is_no_department()
    {
        var citizen = await Api.OfUserAsync(Client, "citizen");

        var refused = await citizen.QueryAsync(Residence, DemoPeople.First.Number, Rental, "name");

        Assert.NotNull(refused.Problem);
        Assert.Contains(refused.Problem.Code, new[] { "consumer-mismatch", "actor-not-authorised", "agreement-not-active" });
    }
}
