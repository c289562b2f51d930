using DataExchange.Enforcement.Personal;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Model;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Enforcement.Tests.Personal;

/// <summary>Clocks that were missed stand in the log, once.</summary>
public class PersonalClockWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missed_clock_is_entered_once_also_by_a_second_watch_and_after_a_restart()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var id = await ReportAsync(region);
        var size = region.Log.Latest.Size;

        await Watch(region).LookAsync(Cancellation);
        Assert.Equal(size, region.Log.Latest.Size);

        region.Time.Advance(TimeSpan.FromDays(30));
        await Task.WhenAll(Watch(region).LookAsync(Cancellation), Watch(region).LookAsync(Cancellation));
        Assert.Equal(size + 1, region.Log.Latest.Size);
        Assert.NotNull(region.Ledger.Current.Corrections.Find(id)!.EscalatedAt);

        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
        await Watch(region).LookAsync(Cancellation);
        Assert.Equal(size + 1, region.Log.Latest.Size);
        Assert.NotNull(region.Ledger.Current.Corrections.Find(id)!.EscalatedAt);
    }

    [Fact]
    public async Task It_looks_again_at_the_region_s_midnight_and_after_a_minute_where_the_log_cannot_commit()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await ReportAsync(region);

        // 15 June 2026, 08:00 UTC is 16:00 in the region.
        Assert.Equal(new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.FromHours(8)), await Watch(region).LookAsync(Cancellation));
        region.Time.Advance(TimeSpan.FromDays(30));
        region.Log.OnAppend = (_, _) => throw new LogUnavailableException("Injected.");
        Assert.Equal(region.Time.GetUtcNow().AddMinutes(1), await Watch(region).LookAsync(Cancellation));
    }

    private static PersonalClockWatch Watch(LedgerRegion region) =>
        new(region.Ledger, region.Get<SubjectVault>(), region.Time, NullLogger<PersonalClockWatch>.Instance);

    private static async Task<string> ReportAsync(LedgerRegion region)
    {
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var by = new Party { Member = TestRegion.Housing, ClientId = TestRegion.HousingClient, Roles = [Roles.DepartmentSystem] };
        var report = new ReportError { Subject = person.Handle, By = by, Dataset = TestRegion.Residence, Field = "name", Reason = CorrectionReason.Wrong, Explanation = "Misspelt.", Decision = 0 };
        return (await region.Ledger.ExecuteAsync(report, person, Cancellation)).Id!;
    }
}
