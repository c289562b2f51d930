using System.Net;
using System.Net.Http.Json;
using DataExchange.Contracts;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Commands;

/// <summary>What every command keeps to, tried on consents: <c>ETag</c>, <c>If-Match</c>, <c>Idempotency-Key</c>.</summary>
public sealed class CommandHeaderTests(SharedGateway shared) : GatewayTest(shared)
{
    [Theory]
    [InlineData("9b2d0f1c")]
    [InlineData("\"9b2d0f1c-quoted\"")]
    public async Task A_request_sent_again_with_its_key_makes_one_consent(string key)
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");

        var first = await RequestAsync(housing, person, key);
        var second = await RequestAsync(housing, person, key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Single((await (await Api.OfUserAsync(Client, person.User)).ConsentsAsync()).Released);
    }

    [Fact]
    public async Task A_key_is_refused_for_another_body_and_is_nothing_to_another_client()
    {
        var (person, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        await RequestAsync(housing, person, "shared-key");

        await RefusesAsync("idempotency-key-reused", HttpStatusCode.UnprocessableEntity, await RequestAsync(housing, other, "shared-key"));
        var clerk = await Api.OfClientAsync(Client, "service-centre");
        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, await RequestAsync(clerk, other, "shared-key"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a\"b")]
    public async Task A_key_that_is_none_is_refused(string key) => await RefusesAsync(
        "request-malformed", HttpStatusCode.BadRequest,
        await RequestAsync(await Api.OfClientAsync(Client, "housing-authority"), DemoPeople.Take(Gateway), key));

    [Fact]
    public async Task A_change_of_a_version_that_is_gone_is_refused_and_nothing_is_lost()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var requested = await RequestAsync(housing, person, "versions");
        var (path, old) = (requested.Headers.Location!.ToString(), requested.Headers.ETag!.ToString());

        await RefusesAsync("precondition-failed", HttpStatusCode.PreconditionFailed, await citizen.SendAsync(HttpMethod.Post, path + "/give", null, ("If-Match", "\"0\"")));
        var given = await citizen.SendAsync(HttpMethod.Post, path + "/give", null, ("If-Match", old));
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        await RefusesAsync("precondition-failed", HttpStatusCode.PreconditionFailed, await citizen.SendAsync(HttpMethod.Post, path + "/withdraw", null, ("If-Match", old)));
        Assert.Equal("given", (await citizen.ConsentAsync(path.Split('/')[^1])).Released.State);

        var read = await citizen.SendAsync(HttpMethod.Get, path);
        Assert.Equal(given.Headers.ETag, read.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, (await citizen.SendAsync(HttpMethod.Post, path + "/withdraw", null, ("If-Match", read.Headers.ETag!.ToString()))).StatusCode);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"five\"")]
    [InlineData("W/\"5\"")]
    [InlineData("\"5\", \"6\"")]
    public async Task A_version_that_cannot_be_read_is_refused(string version)
    {
        var person = DemoPeople.Take(Gateway);
        var requested = await RequestAsync(await Api.OfClientAsync(Client, "housing-authority"), person, null);
        var citizen = await Api.OfUserAsync(Client, person.User);

        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, await citizen.SendAsync(HttpMethod.Post, requested.Headers.Location + "/give", null, ("If-Match", version)));
    }

    private static Task<HttpResponseMessage> RequestAsync(Api api, DemoPerson person, string? key) => api.SendAsync(
        HttpMethod.Post, "/v1/consents", JsonContent.Create(ConsentTests.RequestFor(person), ContractsJsonContext.Default.ConsentRequest),
        key is null ? [] : [("Idempotency-Key", key)]);

    private static async Task RefusesAsync(string code, HttpStatusCode status, HttpResponseMessage response)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, Cancelled))?.Code);
    }
}
