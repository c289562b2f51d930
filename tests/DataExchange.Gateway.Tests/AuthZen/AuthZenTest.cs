using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.AuthZen;

/// <summary>Questions to the Authorization API.</summary>
public abstract class AuthZenTest(SharedGateway shared) : GatewayTest(shared)
{
    protected const string Housing = "housing-authority";
    protected const string Residence = "public-security/residence";
    protected const string Insurance = "human-resources/social-insurance";
    protected const string Path = "/access/v1/evaluation";

    protected static object Question(string dataset, DemoPerson person, params string[] fields) =>
        new { subject = new { type = "client", id = Housing }, action = new { name = "query" }, resource = Resource(dataset, person, fields) };

    protected static object Resource(string dataset, DemoPerson person, params string[] fields) => new
    {
        type = "dataset",
        id = dataset,
        properties = new { subject = new { scheme = "cn-resident-id", value = person.Number }, purpose = "rental-housing-application", fields },
    };

    protected static async Task<JsonElement> EvaluateAsync(Api caller, object question, string path = Path)
    {
        using var response = await PostAsync(caller, path, question);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return await ReadAsync(response);
    }

    protected static Task<HttpResponseMessage> PostAsync(Api caller, string path, object question) => caller.SendAsync(
        HttpMethod.Post, path, question is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(question));

    /// <summary>The person's own list, once it goes as far as an answer.</summary>
    protected async Task<JsonElement[]> AccessesAsync(DemoPerson person, JsonElement answer)
    {
        await Client.GetStringAsync($"/v1/receipts/access/{Context(answer, "id").GetString()}", Cancelled);
        using var list = await (await Api.OfUserAsync(Client, person.User)).SendAsync(HttpMethod.Get, "/v1/me/accesses");
        return [.. (await ReadAsync(list)).GetProperty("entries").EnumerateArray()];
    }

    protected static JsonElement Context(JsonElement answer, string member) => answer.GetProperty("context").GetProperty(member);

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled));
    }
}
