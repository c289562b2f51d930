namespace DataExchange.Witness.Tests.Support;

/// <summary>What came back: status, content type as it stands in the header, body.</summary>
internal sealed record Answer(int Status, string? Type, string Body)
{
    /// <summary>The stable code of a problem; null of anything else.</summary>
    public string? Code => Type == "application/problem+json" ? System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("code").GetString() : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var type = response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.Single() : null;
            return new Answer((int)response.StatusCode, type, await response.Content.ReadAsStringAsync());
        }
    }
}
