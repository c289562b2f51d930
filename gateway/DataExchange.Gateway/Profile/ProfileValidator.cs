namespace DataExchange.Gateway.Profile;

/// <summary>Checks the whole configuration and reports every fault at once, each with the key, what is wrong, and the way out.</summary>
public static class ProfileValidator
{
    /// <summary>The password of every demo client and user; found in the configuration of any other environment than Development, it refuses the start.</summary>
    public const string DemoSecret = "demo-secret";

    // Entra ID's names for tenants of others: with one of these, whoever has a tenant of their own could sign tokens.
    private static readonly string[] SharedTenants = ["common", "organizations", "consumers"];

    public static IReadOnlyList<string> Validate(ProfileOptions profile, IConfiguration configuration, IHostEnvironment environment)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(profile.DataFolder))
        {
            errors.Add("DataFolder is empty: name the folder that keeps the logs and the keys.");
        }

        CheckGuards(profile, environment.ContentRootPath, errors);
        if (profile.MinFreeBytes < 0)
        {
            errors.Add($"MinFreeBytes is {profile.MinFreeBytes}: say how many bytes of the data folder's volume are kept free, or 0 for none.");
        }

        if (!environment.IsDevelopment())
        {
            if (string.IsNullOrWhiteSpace(profile.HighWaterMarkFolder))
            {
                errors.Add("HighWaterMarkFolder is not set: name a folder outside the data folder, best on another disk, that remembers how far the logs were signed.");
            }

            RefuseDemo(profile, configuration, environment.EnvironmentName, errors);
        }

        RequireIdentity(profile, errors);
        if (!profile.DemoRegion.Enabled && !File.Exists(profile.FoundingFile))
        {
            errors.Add(profile.FoundingFile is null
                ? "FoundingFile is not set: name the region's founding file."
                : $"FoundingFile names '{profile.FoundingFile}', which is not there: correct the path.");
        }

        return errors;
    }

    private static void CheckGuards(ProfileOptions profile, string? contentRoot, List<string> errors)
    {
        var root = Path.GetFullPath(string.IsNullOrEmpty(contentRoot) ? "." : contentRoot);
        if (profile.HighWaterMarkFolder is { Length: > 0 } marks && !string.IsNullOrWhiteSpace(profile.DataFolder)
            && IsWithin(Path.GetFullPath(marks, root), Path.GetFullPath(profile.DataFolder, root)))
        {
            errors.Add($"HighWaterMarkFolder is '{marks}', within the data folder, with which it would be restored: name a folder outside it.");
        }

        foreach (var (name, address) in profile.Witnesses)
        {
            if (address != ProfileOptions.NoWitness && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            {
                errors.Add($"Witnesses:{name} is '{address}': it has to be the http or https URL that the witness's paths are added to, or '{ProfileOptions.NoWitness}' to leave the witness out.");
            }
        }
    }

    private static bool IsWithin(string path, string folder) => (path + Path.DirectorySeparatorChar).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void RefuseDemo(ProfileOptions profile, IConfiguration configuration, string environment, List<string> errors)
    {
        if (profile.DevelopmentAuthority.Enabled)
        {
            errors.Add($"DevelopmentAuthority:Enabled is true in {environment}: set it to false and name a real authority under Identity.");
        }

        if (profile.DemoRegion.Enabled)
        {
            errors.Add($"DemoRegion:Enabled is true in {environment}: set it to false and name the region's FoundingFile.");
        }

        if (SharedTenants.Contains(profile.Identity.TenantId?.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"Identity:TenantId is '{profile.Identity.TenantId}' in {environment}, which lets every tenant sign tokens: name the directory's id.");
        }

        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (string.Equals(value, DemoSecret, StringComparison.Ordinal))
            {
                errors.Add($"{key} is the demo secret in {environment}: replace it.");
            }
        }
    }

    private static void RequireIdentity(ProfileOptions profile, List<string> errors)
    {
        if (profile.DevelopmentAuthority.Enabled)
        {
            var issuer = profile.DevelopmentAuthority.Issuer;
            if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || !uri.AbsolutePath.EndsWith("/v2.0", StringComparison.Ordinal) || uri.Segments.Length < 3)
            {
                errors.Add($"DevelopmentAuthority:Issuer is '{issuer}': it has to be an absolute URL whose path is a name and '/v2.0', like http://127.0.0.1:5080/dev/v2.0.");
            }

            return;
        }

        Require(profile.Identity.Instance, "Identity:Instance", "https://login.microsoftonline.com/");
        Require(profile.Identity.TenantId, "Identity:TenantId", "the directory's id");
        Require(profile.Identity.ClientId, "Identity:ClientId", "the gateway's application id");
        if (profile.Identity.Instance is { Length: > 0 } instance && !instance.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"Identity:Instance is '{instance}': it has to start with https://.");
        }

        void Require(string? value, string key, string example)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                errors.Add($"{key} is not set: for instance {example}.");
            }
        }
    }
}
