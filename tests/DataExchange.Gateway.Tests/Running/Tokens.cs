using System.Net.Http.Headers;
using System.Text.Json;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>Signs in at the development authority.</summary>
public static class Tokens
{
    public static Task<string> OfClientAsync(this HttpClient gateway, string client) => gateway.SignInAsync(
        new() { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = "demo-secret", ["scope"] = "exchange" });

    public static Task<string> OfUserAsync(this HttpClient gateway, string user, string client = "demo-desk") => gateway.SignInAsync(
        new() { ["grant_type"] = "password", ["username"] = user, ["password"] = "demo-secret", ["client_id"] = client, ["client_secret"] = "demo-secret", ["scope"] = "exchange" });

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static async Task<string> SignInAsync(this HttpClient gateway, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await gateway.PostAsync("/dev/v2.0/token", content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()!;
    }
}
