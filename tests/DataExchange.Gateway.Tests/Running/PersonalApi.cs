using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>The registers about people as a client uses them: JSON in and out.</summary>
internal static class PersonalApi
{
    /// <summary>Sends, and expects to be understood.</summary>
    public static async Task<JsonNode> OkAsync(this Api api, HttpMethod method, string path, JsonNode? body = null)
    {
        using var response = await api.SendAsync(method, path, body is null ? null : JsonContent.Create(body));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static Task<JsonNode> PostAsync(this Api api, string path, JsonNode? body = null) => api.OkAsync(HttpMethod.Post, path, body);

    public static Task<JsonNode> GetAsync(this Api api, string path) => api.OkAsync(HttpMethod.Get, path);

    /// <summary>Sends, and expects to be refused; the code of the problem.</summary>
    public static async Task<string?> RefusedAsync(this Api api, HttpMethod method, string path, JsonNode? body = null)
    {
        using var response = await api.SendAsync(method, path, body is null ? null : JsonContent.Create(body));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["code"]?.GetValue<string>();
    }

    public static JsonNode Subject(this DemoPerson person) => new JsonObject { ["scheme"] = "cn-resident-id", ["value"] = person.Number };

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();
}
