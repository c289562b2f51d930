using System.Globalization;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Adopt;

/// <summary>What is, or would be, ordered.</summary>
/// <param name="Verified">Whether the order is given.</param>
/// <param name="Code"><see cref="FindingCode.Ordered"/> or <see cref="FindingCode.NotConfirmed"/>.</param>
/// <param name="Detail">For people.</param>
/// <param name="Logs">What happens to each log.</param>
internal sealed record AdoptReport(bool Verified, string Code, string Detail, IReadOnlyList<AdoptPlan> Logs) : Report(Verified, Code, Detail)
{
    public static AdoptReport Ordered(string folder, IReadOnlyList<AdoptPlan> logs) =>
        new(true, FindingCode.Ordered, $"{Path.Combine(folder, AdoptionOrder.FileName)} is written. The gateway's next start carries it out:", logs);

    public static AdoptReport Unconfirmed(string folder, IReadOnlyList<AdoptPlan> logs) =>
        new(false, FindingCode.NotConfirmed, $"Nothing was written to {folder}. With --yes this would happen at the gateway's next start, and could not be taken back after it:", logs)
        {
            ExitCode = ExitCode.NotConfirmed,
        };

    public override IEnumerable<(string Name, string Value)> Facts()
    {
        foreach (var log in Logs)
        {
            yield return ("retired", $"{log.Origin}, which ends at {Number(log.Size)} entries and is never signed again");
            if (log.Lost > 0)
            {
                yield return ("lost", $"at least {Number(log.Lost)} entries, up to {Number(log.Size + log.Lost)}");
            }
            else if (log.Known.Count > 0)
            {
                yield return ("lost", "another history that was signed under this origin");
            }

            yield return ("begun", $"{log.NextOrigin}, under a new key, {log.KeyFile}");
            if (log.Log == LogName.Governance)
            {
                yield return ("goes on", $"{Number(log.Carried)} entries, each one place later: the rules are those of the backup");
                yield return ("forgotten", "what the lost entries decided; no consent that is carried over permits anything until it is given anew");
            }
        }

        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }
}
