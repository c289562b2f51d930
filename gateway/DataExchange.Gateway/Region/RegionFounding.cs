using DataExchange.DemoRegion.Folder;
using DataExchange.Gateway.Profile;
using DataExchange.Merkle;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Region;

/// <summary>The document the region is founded on, and the demo region's folder where that is what founds it.</summary>
public sealed record RegionFounding(FoundingDocument Document, DemoRegionFolder? Demo)
{
    /// <exception cref="StartupRefusedException">The founding file cannot be read, or has faults; all of them are named.</exception>
    public static async Task<RegionFounding> LoadAsync(ProfileOptions profile, CancellationToken cancellationToken)
    {
        try
        {
            var demo = profile.DemoRegion.Enabled ? await DemoRegionFolder.EnsureAsync(Path.Combine(profile.DataFolder, "demo"), cancellationToken) : null;
            var file = demo?.FoundingFile ?? profile.FoundingFile!;
            var (document, faults) = FoundingFile.Read(await File.ReadAllBytesAsync(file, cancellationToken));
            if (document?.Witnesses is { } witnesses && !TlogPolicy.TryParse(witnesses.Policy, out _, out var fault))
            {
                throw new StartupRefusedException([$"{file}: $.witnesses.policy: {fault}."]);
            }

            return document is null
                ? throw new StartupRefusedException([.. faults.Select(fault => $"{file}: {fault}")])
                : new RegionFounding(document, demo);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException([e.Message], e);
        }
    }
}
