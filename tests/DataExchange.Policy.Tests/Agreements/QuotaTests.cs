using System.Text.Json;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Agreements;

public class QuotaTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    [Theory]
    [InlineData("""{"requests":10,"windowSeconds":60}""", true)]
    [InlineData("""{"requests":10,"period":"Month"}""", true)]
    [InlineData("""{"requests":0,"windowSeconds":60}""", false)]
    [InlineData("""{"requests":10}""", false)]
    [InlineData("""{"requests":10,"windowSeconds":3601}""", false)]
    [InlineData("""{"requests":10,"windowSeconds":60,"period":"Day"}""", false)]
    public void It_says_one_window_and_keeps_its_canonical_form(string json, bool isValid)
    {
        var quota = JsonSerializer.Deserialize(json, PolicyJsonContext.Default.Quota)!;
        Assert.Equal(isValid, quota.IsValid());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonSerializer.SerializeToElement(quota, PolicyJsonContext.Default.Quota)));
    }

    [Theory]
    [InlineData(QuotaPeriod.Second, "2026-06-15T08:30:10+08:00", "2026-06-15T08:30:11+08:00")]
    [InlineData(QuotaPeriod.Hour, "2026-06-15T08:00:00+08:00", "2026-06-15T09:00:00+08:00")]
    [InlineData(QuotaPeriod.Day, "2026-06-15T00:00:00+08:00", "2026-06-16T00:00:00+08:00")]
    [InlineData(QuotaPeriod.Month, "2026-06-01T00:00:00+08:00", "2026-07-01T00:00:00+08:00")]
    public void A_period_is_one_of_the_regions_own_time(QuotaPeriod period, string start, string end)
    {
        var now = DateTimeOffset.Parse("2026-06-15T08:30:10.500+08:00", null).ToUnixTimeMilliseconds();
        var window = new Quota(1, Period: period).WindowAt(now, China);
        Assert.Equal((DateTimeOffset.Parse(start, null).ToUnixTimeMilliseconds(), DateTimeOffset.Parse(end, null).ToUnixTimeMilliseconds()), window);
        Assert.Equal(window, new Quota(1, Period: period).WindowAt(window.StartMs, China));
        Assert.Equal(window.EndMs, new Quota(1, Period: period).WindowAt(window.EndMs, China).StartMs);
    }

    [Fact]
    public void A_window_of_seconds_begins_at_a_multiple_of_its_length() => Assert.Equal((60_000, 120_000), new Quota(1, 60).WindowAt(119_999, China));
}
