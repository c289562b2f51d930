using DataExchange.Gateway.Profile;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace DataExchange.Gateway.Tests.Profile;

public sealed class ProfileValidatorTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Outside_development_every_demo_part_is_refused_by_its_key(string environment)
    {
        var errors = Validate(environment, new()
        {
            ["DevelopmentAuthority:Enabled"] = "true",
            ["DemoRegion:Enabled"] = "true",
            ["Providers:x:ClientSecret"] = "demo-secret",
        });

        Assert.Contains(errors, error => error.StartsWith("DevelopmentAuthority:Enabled ", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("DemoRegion:Enabled ", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("Providers:x:ClientSecret ", StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_is_missing_or_wrong_is_named_at_once()
    {
        var errors = Validate("Production", new() { ["DataFolder"] = " ", ["MinFreeBytes"] = "-1" });

        foreach (var key in new[] { "DataFolder", "MinFreeBytes", "Identity:Instance", "Identity:TenantId", "Identity:ClientId", "FoundingFile", "HighWaterMarkFolder" })
        {
            Assert.Single(errors, error => error.StartsWith(key + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_complete_production_profile_passes() => Assert.Empty(Validate("Production", new()
    {
        ["Identity:Instance"] = "https://login.example/",
        ["Identity:TenantId"] = "t",
        ["Identity:ClientId"] = "c",
        ["FoundingFile"] = typeof(ProfileValidatorTests).Assembly.Location,
        ["HighWaterMarkFolder"] = "/var/lib/marks",
        ["Witnesses:education"] = "https://witness.example/",
    }));

    [Theory]
    [InlineData("HighWaterMarkFolder", "data/marks")]
    [InlineData("HighWaterMarkFolder", "data")]
    [InlineData("Witnesses:education", "witness.example")]
    [InlineData("Witnesses:education", "ftp://witness.example/")]
    public void A_mark_within_what_it_guards_and_an_address_that_is_none_are_refused(string key, string value)
    {
        var settings = new Dictionary<string, string?> { ["DevelopmentAuthority:Enabled"] = "true", ["DemoRegion:Enabled"] = "true", [key] = value };
        Assert.Contains(Validate("Development", settings), error => error.StartsWith(key + " is '" + value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("common")]
    [InlineData("Organizations")]
    [InlineData("CONSUMERS")]
    public void A_tenant_that_stands_for_all_is_refused_outside_development(string tenant) => Assert.Single(
        Validate("Production", new()
        {
            ["Identity:Instance"] = "https://login.example/",
            ["Identity:TenantId"] = tenant,
            ["Identity:ClientId"] = "c",
            ["FoundingFile"] = typeof(ProfileValidatorTests).Assembly.Location,
            ["HighWaterMarkFolder"] = "/var/lib/marks",
        }),
        error => error.StartsWith("Identity:TenantId ", StringComparison.Ordinal));

    [Fact]
    public void Development_may_run_the_demo() =>
        Assert.Empty(Validate("Development", new() { ["DevelopmentAuthority:Enabled"] = "true", ["DemoRegion:Enabled"] = "true" }));

    [Theory]
    [InlineData("http://127.0.0.1:5080/dev")]
    [InlineData("http://127.0.0.1:5080/v2.0")]
    [InlineData("dev/v2.0")]
    public void An_issuer_that_would_not_survive_the_authority_rules_is_refused(string issuer) =>
        Assert.Contains(
            Validate("Development", new() { ["DevelopmentAuthority:Enabled"] = "true", ["DemoRegion:Enabled"] = "true", ["DevelopmentAuthority:Issuer"] = issuer }),
            error => error.StartsWith("DevelopmentAuthority:Issuer ", StringComparison.Ordinal));

    private static IReadOnlyList<string> Validate(string environment, Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var profile = new ProfileOptions();
        configuration.Bind(profile);
        return ProfileValidator.Validate(profile, configuration, new HostingEnvironment { EnvironmentName = environment });
    }
}
