using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Adoption;

/// <summary>A start that breaks off while it carries out an order, at every step. The next one finishes it, and once.</summary>
public sealed class BrokenOffAdoptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultPoint.ReadOrder)]
    [InlineData(FaultPoint.ReadRetired)]
    [InlineData(FaultPoint.ReadKey)]
    [InlineData(FaultPoint.BeforeAdopt)]
    [InlineData(FaultPoint.AfterAdopt)]
    [InlineData(FaultPoint.ClearDerived)]
    [InlineData(FaultPoint.AfterClearDerived)]
    [InlineData(FaultPoint.RemoveOrder)]
    [InlineData(FaultPoint.AfterRemoveOrder)]
    public async Task A_start_that_breaks_off_is_finished_by_the_next(FaultPoint point)
    {
        using var folder = await OrderedAsync();
        await Assert.ThrowsAsync<IOException>(() => folder.OpenAsync(fault: storage => storage.FailOnce(point)));
        await IsAdoptedOnceAsync(folder);
    }

    [Fact]
    public async Task A_start_that_cannot_read_an_entry_leaves_the_logs_as_they_are()
    {
        // Every read in turn: those that verify, and those that carry over amid the transaction.
        for (var failing = 1; ; failing++)
        {
            using var folder = await OrderedAsync();
            var reads = 0;
            try
            {
                await using var region = await folder.OpenAsync(fault: storage => storage.OnEach(at =>
                {
                    if (at == FaultPoint.ReadBatches && ++reads == failing && File.Exists(folder.OrderFile))
                    {
                        throw new IOException("Injected.");
                    }
                }));
                Assert.True(failing > 2, "The entries to carry over were not read apart from those that were verified.");
                return;
            }
            catch (IOException)
            {
                Assert.Equal(0L, Sql.Run(folder.Exchange, "SELECT count(*) FROM log_retired"));
                Assert.Equal(100L, Sql.Run(folder.Exchange, "SELECT sum(count) FROM access_batch"));
                await IsAdoptedOnceAsync(folder);
            }
        }
    }

    [Fact]
    public async Task An_order_that_comes_back_is_not_carried_out_again()
    {
        using var folder = await OrderedAsync();
        var order = await File.ReadAllTextAsync(folder.OrderFile, Token);
        await IsAdoptedOnceAsync(folder);
        await File.WriteAllTextAsync(folder.OrderFile, order, Token);
        await IsAdoptedOnceAsync(folder);
    }

    private static async Task<RolledBackFolder> OrderedAsync()
    {
        var folder = await RolledBackFolder.MakeAsync(loseGovernance: true);
        await folder.RefusesToStartAsync();
        folder.Order(null, folder.Part("governance", folder.Mark("governance")), folder.Part("access", folder.Mark("access")));
        return folder;
    }

    private static async Task IsAdoptedOnceAsync(RolledBackFolder folder)
    {
        await using var region = await folder.OpenAsync();
        Assert.False(File.Exists(folder.OrderFile));
        Assert.Equal(("test.example/governance-2", "test.example/access-2"), (region.Governance.Origin, region.Access.Origin));
        Assert.Equal(2L, Sql.Run(folder.Exchange, "SELECT count(*) FROM log_retired"));
        Assert.Equal(RolledBackFolder.StoredGovernance + 1, region.Governance.Latest.Size);
        Assert.Equal(1, region.Access.Latest.Size);
        Assert.Equal(10L, Sql.Run(folder.Exchange, "SELECT count(*) FROM register_state WHERE log_index = CAST(CAST(value AS TEXT) AS INTEGER) + 1"));
        await LogAudit.SoundAsync(region.Governance);
        await LogAudit.SoundAsync(region.Access);
    }
}
