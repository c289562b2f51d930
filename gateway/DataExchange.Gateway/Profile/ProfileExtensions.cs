namespace DataExchange.Gateway.Profile;

public static class ProfileExtensions
{
    /// <summary>Reads and checks the configuration once; everything composed afterwards takes the result.</summary>
    /// <exception cref="StartupRefusedException">The configuration is not fit to run with; every fault is named.</exception>
    public static ProfileOptions AddProfile(this WebApplicationBuilder builder)
    {
        var profile = new ProfileOptions();
        builder.Configuration.Bind(profile);
        if (!string.IsNullOrEmpty(profile.FoundingFile))
        {
            profile.FoundingFile = Path.GetFullPath(profile.FoundingFile, builder.Environment.ContentRootPath);
        }

        var errors = ProfileValidator.Validate(profile, builder.Configuration, builder.Environment);
        if (errors.Count > 0)
        {
            throw new StartupRefusedException(errors);
        }

        profile.DataFolder = Path.GetFullPath(profile.DataFolder, builder.Environment.ContentRootPath);
        if (profile.HighWaterMarkFolder is { Length: > 0 } marks)
        {
            profile.HighWaterMarkFolder = Path.GetFullPath(marks, builder.Environment.ContentRootPath);
        }

        builder.Services.AddSingleton(profile);
        builder.Services.AddSingleton(TimeProvider.System);
        return profile;
    }
}
