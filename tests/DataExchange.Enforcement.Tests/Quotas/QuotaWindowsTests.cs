using DataExchange.Enforcement.Quotas;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Tests.Quotas;

public sealed class QuotaWindowsTests
{
    private static readonly Quota TenAMinute = new(10, 60);

    [Fact]
    public void A_window_counts_from_nothing_and_ends_at_a_multiple_of_its_length()
    {
        var windows = new QuotaWindows();

        Assert.Equal((0, 120_000), windows.Take("a", TenAMinute, 60_000));
        Assert.Equal((1, 120_000), windows.Take("a", TenAMinute, 119_999));
        Assert.Equal((0, 180_000), windows.Take("a", TenAMinute, 120_000));
    }

    [Fact]
    public void Agreements_count_apart()
    {
        var windows = new QuotaWindows();
        windows.Take("a", TenAMinute, 0);

        Assert.Equal(0, windows.Take("b", TenAMinute, 0).Used);
    }

    [Fact]
    public void A_straggler_of_the_last_window_does_not_reopen_it()
    {
        var windows = new QuotaWindows();
        windows.Take("a", TenAMinute, 60_000);

        Assert.Equal((1, 120_000), windows.Take("a", TenAMinute, 59_999));
        Assert.Equal((2, 120_000), windows.Take("a", TenAMinute, 60_001));
    }

    [Fact]
    public void Racing_takers_get_each_place_once()
    {
        var windows = new QuotaWindows();
        var places = new System.Collections.Concurrent.ConcurrentBag<int>();

        Parallel.For(0, 10_000, _ => places.Add(windows.Take("a", TenAMinute, 5).Used));

        Assert.Equal(Enumerable.Range(0, 10_000), places.Order());
    }
}
