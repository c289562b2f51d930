using System.Diagnostics;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Bench.Consents;

/// <summary>What a start takes in a process of its own, and what the rules cost afterwards.</summary>
internal static class OpenedRegion
{
    public const string Command = "open";

    private const int Changes = 500;

    public static async Task<string> MeasureAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        using var host = BenchRegion.Build(folder);
        await host.StartAsync();
        var logs = Stopwatch.GetElapsedTime(started);
        var ledger = host.Services.GetRequiredService<GovernanceLedger>();
        await ledger.FoundAsync(BenchRegion.Founding(), CancellationToken.None);
        var whole = Stopwatch.GetElapsedTime(started);
        using var process = Process.GetCurrentProcess();
        var (cpu, peak) = (process.TotalProcessorTime, process.PeakWorkingSet64);
        var held = GC.GetTotalMemory(forceFullCollection: true);

        var subject = await host.Services.GetRequiredService<SubjectVault>().ResolveAsync(BenchRegion.Known, CancellationToken.None);
        var changes = new List<TimeSpan>();
        var size = ledger.Current.GovernanceSize;
        for (var i = 0; i < Changes; i++)
        {
            var changing = Stopwatch.GetTimestamp();
            await ChangeAsync(ledger, subject);
            changes.Add(Stopwatch.GetElapsedTime(changing));
        }

        var replaying = Stopwatch.GetTimestamp();
        await ledger.AtAsync(size, subject.Handle, CancellationToken.None);
        var replay = Stopwatch.GetElapsedTime(replaying);
        changes.Sort();
        await host.StopAsync();
        return $"{ledger.Current.Consents.Count} consents, {size} entries: start {whole.TotalSeconds:F2} s (logs {logs.TotalSeconds:F2} s), processor {cpu.TotalSeconds:F2} s, " +
            $"peak {peak >> 20} MB, held {held >> 20} MB; change p50 {changes[Changes / 2].TotalMilliseconds:F2} ms, p99 {changes[Changes * 99 / 100].TotalMilliseconds:F2} ms; " +
            $"replay {replay.TotalMilliseconds:F1} ms";
    }

    private static async Task ChangeAsync(GovernanceLedger ledger, Subject subject)
    {
        var now = TimeProvider.System.GetUtcNow();
        var asked = await ledger.ExecuteAsync(
            new RequestConsent
            {
                By = new Party { Member = BenchRegion.Recipient, ClientId = "housing-system", Roles = [Roles.DepartmentSystem] },
                Subject = subject.Handle,
                Recipient = BenchRegion.Recipient,
                Notice = BenchRegion.NoticeCode(0),
                Language = "en",
                Purpose = BenchRegion.Purpose,
                Dataset = BenchRegion.Dataset,
                Fields = ["phone"],
                Kind = ConsentKind.General,
                ValidTo = now.AddYears(1),
            },
            subject, CancellationToken.None);
        await ledger.ExecuteAsync(new DecideConsent { By = new Party { ClientId = "app", Roles = [Roles.Citizen], Self = subject.Handle }, Subject = subject.Handle, Id = asked.Id!, Decision = ConsentDecision.Refuse }, subject, CancellationToken.None);
    }
}
