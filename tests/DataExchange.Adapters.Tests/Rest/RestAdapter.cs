using System.Text.Json;
using DataExchange.Adapters.Rest;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Rest;

/// <summary>Starts the adapter of an existing service from its configuration's text.</summary>
internal static class RestAdapter
{
    public const string ByPath = """ "Method": "GET", "Path": "/people/{subject}" """;
    public const string ByHeader = """ "Method": "GET", "Path": "/person", "Headers": { "X-Number": "{subject}" } """;

    public static readonly string ByBody =
        $$""" "Method": "POST", "Path": "/find", "Body": {{JsonSerializer.Serialize("""{"criteria":[{"field":"id","equals":"{subject}"}],"limit":1}""")}} """;

    public static async Task<RunningAdapter> StartAsync(string address, string request, string? keyFile = null, string timeout = "00:00:05")
    {
        var secret = keyFile ?? Path.GetTempFileName();
        if (keyFile is null)
        {
            await File.WriteAllTextAsync(secret, ExistingService.Key + "\n");
        }

        try
        {
            return await RunningAdapter.StartAsync(
                PeopleSettings.Json(
                    $$"""
                    "Rest": {
                      "BaseAddress": "{{address}}/old/", "HealthPath": "/health", "Timeout": "{{timeout}}",
                      "Credentials": { "Type": "api-key", "Header": "X-Api-Key", "SecretFile": "{{secret}}" }
                    }
                    """,
                    $$""" "Subject": "/result/0/id", "Request": { {{request}} } """,
                    pointers: true).Replace("\"From\": \"/", "\"From\": \"/result/0/", StringComparison.Ordinal),
                RestSettings.Read,
                static (settings, context) => new RestSource(settings, context));
        }
        finally
        {
            // Read once, at the start.
            File.Delete(secret);
        }
    }
}
