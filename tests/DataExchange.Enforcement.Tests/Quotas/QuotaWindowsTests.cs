using System.Collections.Concurrent;
using DataExchange.Enforcement.Quotas;
using DataExchange.Policy.Model;
using DataExchange.Policy.Quotas;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Enforcement.Tests.Quotas;

/// <summary>Over the real store.</summary>
public sealed class QuotaWindowsTests : IAsyncDisposable
{
    private static readonly Quota TenAMinute = new(10, 60);
    private static readonly Quota ManyADay = new(640, Period: QuotaPeriod.Day); // Blocks of 20.

    private readonly string _folder = Directory.CreateTempSubdirectory("quota-").FullName;
    private ServiceProvider? _services;
    private QuotaWindows? _windows;

    private QuotaWindows Windows => _windows ??= Start();

    [Fact]
    public async Task A_window_counts_from_nothing_and_ends_at_a_multiple_of_its_length()
    {
        Assert.Equal((0, 120_000), await TakeAsync("a", TenAMinute, 60_000));
        Assert.Equal((1, 120_000), await TakeAsync("a", TenAMinute, 119_999));
        Assert.Equal((0, 180_000), await TakeAsync("a", TenAMinute, 120_000));
    }

    [Fact]
    public async Task Agreements_count_apart()
    {
        await TakeAsync("a", TenAMinute, 0);
        Assert.Equal(0, (await TakeAsync("b", TenAMinute, 0)).Used);
    }

    [Fact]
    public async Task A_straggler_of_the_last_window_does_not_reopen_it()
    {
        await TakeAsync("a", TenAMinute, 60_000);
        Assert.Equal((1, 120_000), await TakeAsync("a", TenAMinute, 59_999));
        Assert.Equal((2, 120_000), await TakeAsync("a", TenAMinute, 60_001));
    }

    [Fact]
    public async Task Beyond_the_quota_no_place_is_given()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i, (await TakeAsync("a", TenAMinute, 5)).Used);
        }

        Assert.Equal((10, 60_000), await TakeAsync("a", TenAMinute, 6));
        Assert.Equal(0, (await TakeAsync("a", TenAMinute, 60_000)).Used);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(640)]
    public async Task Racing_takers_get_each_place_once_and_not_one_too_many(int requests)
    {
        var (windows, quota) = (Windows, new Quota(requests, Period: QuotaPeriod.Day));
        var places = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests * 3), new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (_, _) => places.Add((await windows.TakeAsync("a", quota, 5, TimeSpan.Zero)).Used));
        Assert.Equal(Enumerable.Range(0, requests), places.Where(place => place < requests).Order());
    }

    [Fact]
    public async Task A_stop_gives_back_what_was_reserved_and_a_start_goes_on_from_there()
    {
        Assert.Equal(0, (await TakeAsync("a", ManyADay, 5)).Used);
        await StopAsync();
        Assert.Equal(1, (await TakeAsync("a", ManyADay, 6)).Used);
    }

    [Fact]
    public async Task A_crash_loses_what_was_reserved_and_never_gives_a_place_twice()
    {
        var places = new List<int>();
        for (var crash = 0; crash < 40; crash++)
        {
            for (var i = 0; i < 15; i++)
            {
                places.Add((await TakeAsync("a", ManyADay, 5)).Used);
            }

            await CrashAsync();
        }

        var given = places.Where(place => place < ManyADay.Requests).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.Contains(ManyADay.Requests, places);

        // Each crash has lost what is left of two blocks at most.
        var blocks = QuotaWindow.BlockOf(ManyADay) * 2;
        Assert.True(given.Count >= ManyADay.Requests * 15 / (15 + blocks), $"Only {given.Count} places of {ManyADay.Requests} were given.");
    }

    [Fact]
    public async Task Two_replicas_share_one_quota()
    {
        var other = new QuotaWindows(Store(), NullLogger<QuotaWindows>.Instance);
        var places = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (i, _) =>
            places.Add((await (i % 2 == 0 ? Windows : other).TakeAsync("a", ManyADay, 5, TimeSpan.Zero)).Used));
        Assert.Equal(Enumerable.Range(0, ManyADay.Requests), places.Where(place => place < ManyADay.Requests).Order());
    }

    [Fact]
    public async Task Where_no_place_can_be_made_durable_none_is_given()
    {
        _ = Windows;
        await _services!.DisposeAsync();
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await _windows!.TakeAsync("a", TenAMinute, 5, TimeSpan.Zero));
        (_services, _windows) = (null, null);
        Assert.Equal(0, (await TakeAsync("a", TenAMinute, 5)).Used);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ValueTask<(int Used, long WindowEndMs)> TakeAsync(string agreement, Quota quota, long nowMs) => Windows.TakeAsync(agreement, quota, nowMs, TimeSpan.Zero);

    private IQuotaStore Store()
    {
        _ = Windows;
        return _services!.GetRequiredService<IQuotaStore>();
    }

    private QuotaWindows Start()
    {
        _services = new ServiceCollection().AddLogging().AddSqliteStorage(options => options.DataFolder = _folder).BuildServiceProvider();
        return new QuotaWindows(_services.GetRequiredService<IQuotaStore>(), NullLogger<QuotaWindows>.Instance);
    }

    private async Task StopAsync()
    {
        if (_windows is not null)
        {
            await _windows.DisposeAsync();
        }

        await CrashAsync();
    }

    // The file is closed; what the windows had reserved is not given back.
    private async Task CrashAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        (_services, _windows) = (null, null);
    }
}
