using System.Text.RegularExpressions;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.OpenApi;

/// <summary>
/// The committed description is what the gateway serves. To rewrite it after an intended change:
/// <c>UPDATE_CONTRACTS=1 dotnet run --project tests/DataExchange.Gateway.Tests -- --filter-class "*OpenApiContractTests"</c>.
/// </summary>
public sealed partial class OpenApiContractTests(SharedGateway shared) : GatewayTest(shared)
{
    private static readonly string Committed = Path.Combine(BuildOutput.RepositoryRoot, "contracts", "openapi", "v1.json");

    [Fact]
    public async Task The_committed_description_is_the_one_served()
    {
        var served = (await Client.GetStringAsync("/openapi/v1.json", Cancelled)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_CONTRACTS") is not null)
        {
            await File.WriteAllTextAsync(Committed, served, Cancelled);
        }

        Assert.Equal(await File.ReadAllTextAsync(Committed, Cancelled), served);
    }

    [Theory]
    [InlineData("/v1/records/{provider}/{dataset}/query")]
    [InlineData("/v1/records/{provider}/{dataset}/batch")]
    [InlineData("/v1/records/{provider}/{dataset}/{subject}")]
    [InlineData("/v1/consents/{id}/withdraw")]
    [InlineData("/v1/cases/{id}/gather")]
    [InlineData("/v1/me/cases/{id}/consents")]
    [InlineData("/log/{log}/checkpoint")]
    public async Task Every_part_of_the_surface_is_described(string path) =>
        Assert.Contains($"\"{path}\": {{", await Client.GetStringAsync("/openapi/v1.json", Cancelled), StringComparison.Ordinal);

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        using var response = await Client.GetAsync("/api/", Cancelled);
        var page = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Empty(AnyAddress().Matches(page));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Empty(AnyAddress().Matches(policy));
        var scripts = LocalScript().Matches(page);
        Assert.NotEmpty(scripts);
        foreach (Match script in scripts)
        {
            using var served = await Client.GetAsync("/api/" + script.Groups[1].Value, Cancelled);
            Assert.True(served.IsSuccessStatusCode, script.Value);
        }
    }

    [GeneratedRegex("(https?:)?//[a-z0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex AnyAddress();

    [GeneratedRegex("src=\"([^\"]+)\"")]
    private static partial Regex LocalScript();
}
