using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;

namespace DataExchange.Bench.Consents;

/// <summary>
/// Fills a region with consents, each of them requested and given: two sealed entries and a row, of the sizes that commands make. Only what
/// is sealed is noise, and the people are handles that no vault knows: a start opens neither.
/// </summary>
internal static class Generator
{
    private const int InFlight = 4096;
    private const int SealedBytes = 260;

    public static async Task MakeAsync(string folder, int consents, int people)
    {
        using var host = BenchRegion.Build(folder);
        await host.StartAsync();
        var ledger = host.Services.GetRequiredService<GovernanceLedger>();
        await ledger.FoundAsync(BenchRegion.Founding(), CancellationToken.None);
        var log = host.Services.GetRequiredService<RegionLogs>().Governance;
        var hashes = ledger.Current.Notices.ToDictionary(notice => notice.Code, notice => notice.HashOf("en")!);
        var handles = Enumerable.Range(0, people).Select(_ => new SubjectHandle(RandomNumberGenerator.GetHexString(2 * SubjectHandle.Size, lowercase: true))).ToArray();
        var register = PersonalRegisters.Of(LeafKinds.ConsentGiven);
        var now = TimeProvider.System.GetUtcNow();
        for (var made = 0; made < consents; made += InFlight / 2)
        {
            var appends = new List<Task>();
            for (var number = made; number < Math.Min(made + InFlight / 2, consents); number++)
            {
                var notice = BenchRegion.NoticeCode(number % BenchRegion.Notices);
                var asked = new ConsentRecord
                {
                    Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
                    Subject = handles[number % people],
                    Notice = notice,
                    NoticeRevision = 1,
                    NoticeHash = hashes[notice],
                    Language = "en",
                    Purpose = BenchRegion.Purpose,
                    Dataset = BenchRegion.Dataset,
                    Recipient = BenchRegion.Recipient,
                    Fields = ["phone"],
                    Kind = ConsentKind.General,
                    State = ConsentState.Requested,
                    ValidTo = now.AddYears(1),
                };
                appends.Add(AppendAsync(log, register, LeafKinds.ConsentRequested, asked, now));
                appends.Add(AppendAsync(log, register, LeafKinds.ConsentGiven, asked with { State = ConsentState.Given, ValidFrom = now, ExpressedBy = ExpressedBy.Self }, now));
            }

            await Task.WhenAll(appends);
        }

        await host.StopAsync();
    }

    private static Task<AppendResult> AppendAsync(ITransparencyLog log, PersonalRegister register, string kind, ConsentRecord record, DateTimeOffset now)
    {
        var tag = RandomNumberGenerator.GetBytes(Leaf.TagSize);
        return log.AppendAsync(
            new LogEntry
            {
                Leaf = Leaf.Encode(kind, now.ToUnixTimeMilliseconds(), tag, RandomNumberGenerator.GetBytes(Commitment.Size)),
                Sealed = RandomNumberGenerator.GetBytes(SealedBytes),
                Key = tag,
                Changes = [new StateChange(register.Name, record.Id, register.WriteRow(record))],
            },
            CancellationToken.None).AsTask();
    }
}
