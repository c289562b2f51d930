using System.Globalization;
using System.Security.Cryptography;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Fsck;
using DataExchange.Cli.Output;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Adopt;

/// <summary>One order to retire logs of a data folder that is held.</summary>
internal sealed class AdoptRun(DxConsole console, string folder, IReadOnlyList<string> knownFiles, string? reason)
{
    private const int IdSize = 16;

    /// <exception cref="FindingException">There is nothing to adopt, or no telling.</exception>
    public AdoptReport Run(bool isConfirmed, CancellationToken cancellationToken)
    {
        ThrowIfDamaged(cancellationToken);
        var plans = Plan(cancellationToken);
        if (!isConfirmed)
        {
            return AdoptReport.Unconfirmed(folder, plans);
        }

        if (File.Exists(Path.Combine(folder, AdoptionOrder.FileName)))
        {
            throw FindingException.CannotTell(
                FindingCode.TargetUnusable, $"There is an order in {folder} already. The next start carries it out; remove {AdoptionOrder.FileName} to take it back.");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize));
        new AdoptionOrder(id, reason, [.. plans.Select(plan => new OrderedLog(plan.Log, plan.Origin, plan.Vkey, plan.Size, plan.Root, plan.Known))]).Write(folder);
        return AdoptReport.Ordered(folder, plans);
    }

    // What is derived may well be of the history that was lost; damage to the logs themselves is another case, and another remedy.
    private void ThrowIfDamaged(CancellationToken cancellationToken)
    {
        var damage = new FolderFsck(console, folder, folder, isDeep: false).Run(isExclusive: true, cancellationToken).Findings
            .FirstOrDefault(finding => finding.Severity == Severity.Error && finding.Place.StartsWith(DataFolder.Exchange, StringComparison.Ordinal));
        if (damage is not null)
        {
            throw FindingException.DoesNotVerify(
                FindingCode.FolderDamaged, $"{folder} is damaged: {damage.Place}: {damage.Detail} Restore a whole backup first; dx fsck says all that is wrong.");
        }
    }

    private IReadOnlyList<AdoptPlan> Plan(CancellationToken cancellationToken)
    {
        using var exchange = ReadDatabase.Open(Path.Combine(folder, DataFolder.Exchange), isExclusive: true);
        try
        {
            exchange.Pin();
            var logs = LogName.All.Select(log => StoredLog.Read(exchange, log)).ToArray();
            var known = KnownNotes.Read(knownFiles, [.. logs.Select(log => log.Key)]);
            foreach (var log in logs)
            {
                ThrowIfNothingIsLost(log, known[log.Key], exchange, cancellationToken);
            }

            // Entries of the access log pin sizes of the governance log, which would mean other rules in a new one.
            var isGovernance = logs.Any(log => log.Log == LogName.Governance && known[log.Key].Any());
            return [.. logs.Where(log => known[log.Key].Any() || (isGovernance && log.Log == LogName.Access)).Select(log => AdoptPlan.Of(log, [.. known[log.Key]]))];
        }
        catch (SqliteException exception)
        {
            throw ReadDatabase.Unreadable(DataFolder.Exchange, exception);
        }
    }

    private static void ThrowIfNothingIsLost(StoredLog log, IEnumerable<KnownNote> known, ReadDatabase exchange, CancellationToken cancellationToken)
    {
        foreach (var (file, _, checkpoint) in known)
        {
            if (!log.Contradicts(checkpoint, exchange, cancellationToken))
            {
                throw FindingException.DoesNotVerify(
                    FindingCode.NothingToAdopt,
                    string.Create(CultureInfo.InvariantCulture, $"{file} is of {checkpoint.Size:N0} entries of {log.Key.Name}, and the {log.Head.Size:N0} that are stored begin with them: nothing is lost."));
            }
        }
    }
}
