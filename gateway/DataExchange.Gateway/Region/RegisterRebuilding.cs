using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Profile;
using DataExchange.Storage;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Region;

/// <summary>
/// <c>DataExchange.Gateway rebuild-registers</c>: makes the rows of the registers again from the governance log and the vault, says what was
/// wrong with those that were there, and ends. Nobody is served meanwhile; the data folder is held as by a gateway that runs.
/// </summary>
public static class RegisterRebuilding
{
    public const string Command = "rebuild-registers";

    /// <exception cref="StartupRefusedException">The rows could not be made; those that were there stand.</exception>
    public static async Task<int> RebuildRegistersAsync(this WebApplication app)
    {
        try
        {
            // Opening the logs verifies them, as at any start.
            _ = app.Services.GetRequiredService<RegionLogs>();
            await app.Services.GetRequiredService<SubjectVault>().OpenAsync(CancellationToken.None);
            var report = await app.Services.GetRequiredService<RegisterRebuild>().RunAsync(CancellationToken.None);
            Console.WriteLine($"registers rebuilt: {report.Rows} rows; {report.Wrong} of them were missing or wrong, and {report.Extra} rows were there that the log does not make");
            return 0;
        }
        catch (Exception e) when (e is StorageException or LogCorruptException or LogRolledBackException or AdoptionRefusedException or LogUnavailableException or KeyFileException or SubjectVaultException or GovernanceException or FormatException)
        {
            throw new StartupRefusedException([e.Message], e);
        }
    }
}
