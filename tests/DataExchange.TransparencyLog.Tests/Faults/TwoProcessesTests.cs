using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

public sealed class TwoProcessesTests
{
    [Fact]
    public async Task A_second_process_is_kept_out_until_the_first_has_ended_even_by_a_kill()
    {
        using var folder = new TemporaryFolder();
        using var first = new SessionProcess();
        Assert.True(await first.DoAsync($"open {folder.Path}"));
        Assert.True(await first.DoAsync("append 5"));

        using var second = new SessionProcess();
        second.Listen(first.Told);
        Assert.True(await second.DoAsync($"open {folder.Path}"));
        Assert.Contains("in use by another process", Assert.Single(second.Told.Refused), StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<StorageException>(() => TestRegion.OpenAsync(folder));
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.True(await first.DoAsync("append 5"));

        // Nobody tidies up after it: the system lets go of the lock.
        first.Kill();
        second.Listen(first.Told);
        Assert.True(await second.DoAsync($"open {folder.Path}"));
        Assert.True(await second.DoAsync("append 5"));
        Assert.True(await second.DoAsync("close"));
        Assert.Empty(second.Told.Refused.Concat(second.Told.Unexpected));
        Assert.Equal(15, second.Told.Acknowledged.Count);
        await using var region = await TestRegion.OpenAsync(folder);
        await second.Told.AssertHeldAsync(region);
    }
}
