using DataExchange.TransparencyLog.Tests.Support;
using DataExchange.TransparencyLog.Tests.Witnessing;

namespace DataExchange.TransparencyLog.Tests.Adoption;

/// <summary>A log whose newest entries are lost for good is retired, and goes on as another one.</summary>
public sealed class AdoptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retired_log_goes_on_under_a_new_origin_whose_first_leaf_says_what_is_lost()
    {
        using var folder = await RolledBackFolder.MakeAsync();
        await folder.RefusesToStartAsync();
        folder.Order(null, folder.Part("access", folder.Mark("access")));

        await using (var region = await folder.OpenAsync())
        {
            Assert.Equal("test.example/access-2", region.Access.Origin);
            Assert.Equal("access", region.Access.Name);
            Assert.Equal("test.example/governance", region.Governance.Origin);
            var entry = Assert.Single(await region.Access.ReadAsync(0, 9, Token).ToListAsync(Token));
            Assert.Equal($"takes the place of test.example/access, 100 stored, 0 carried, known 150, the disk is gone, {RolledBackFolder.Id}", entry.Text());
            Assert.Equal(1, (await region.Access.AppendAsync("goes on", pin: RolledBackFolder.StoredGovernance)).Index);
            await LogAudit.SoundAsync(region.Access);
            await LogAudit.SoundAsync(region.Governance);
        }

        Assert.False(File.Exists(folder.OrderFile));
        Assert.Equal("test.example/access-2\n2", string.Join('\n', folder.Mark("access-2").Split('\n')[..2]));
        await using (var region = await folder.OpenAsync())
        {
            Assert.Equal(2, region.Access.Latest.Size);
        }
    }

    [Fact]
    public async Task What_was_retired_stays_to_be_read()
    {
        using var folder = await RolledBackFolder.MakeAsync();
        await folder.RefusesToStartAsync();
        var (vkey, root) = (Sql.Run(folder.Exchange, "SELECT vkey FROM log_key WHERE log = 'access'"), Sql.Run(folder.Exchange, "SELECT root FROM log_head WHERE log = 'access'"));
        await AdoptAsync(folder);

        Assert.Equal(100L, Sql.Run(folder.Exchange, "SELECT sum(count) FROM access_1_batch"));
        Assert.Equal(root, Sql.Run(folder.Exchange, "SELECT root FROM access_1_batch ORDER BY first_index DESC LIMIT 1"));
        Assert.Equal(vkey, Sql.Run(folder.Exchange, "SELECT vkey FROM log_retired WHERE log = 'access' AND generation = 1 AND size = 100 AND origin = 'test.example/access'"));
        Assert.StartsWith("test.example/access\n100\n", (string)Sql.Run(folder.Exchange, "SELECT note FROM log_retired")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_retired_key_is_never_opened_again()
    {
        using var folder = await RolledBackFolder.MakeAsync();
        await folder.RefusesToStartAsync();
        var mark = folder.Mark("access");
        await AdoptAsync(folder);

        File.Delete(folder.Folder.File("access.key"));
        await using (var region = await folder.OpenAsync())
        {
            Assert.Equal("test.example/access-2", region.Access.Verifier.Name);
            await region.Access.AppendManyAsync(200);
        }

        Assert.Equal(mark, folder.Mark("access"));
    }

    [Fact]
    public async Task Governance_goes_on_with_every_entry_and_row_it_had()
    {
        using var folder = await RolledBackFolder.MakeAsync(loseGovernance: true);
        await folder.RefusesToStartAsync();
        await AdoptBothAsync(folder);

        await using var region = await folder.OpenAsync();
        Assert.Equal(("test.example/governance-2", "test.example/access-2"), (region.Governance.Origin, region.Access.Origin));
        var entries = await region.Governance.ReadAsync(0, 99, Token).ToListAsync(Token);
        Assert.Equal(RolledBackFolder.StoredGovernance + 1, entries.Count);
        Assert.StartsWith("takes the place of test.example/governance, 30 stored, 30 carried, known 31", entries[0].Text(), StringComparison.Ordinal);
        for (var i = 0; i < RolledBackFolder.StoredGovernance; i++)
        {
            var expected = Entries.Of($"rule {i}");
            Assert.Equal($"rule {i}", entries[i + 1].Text());
            Assert.Equal(expected.Sealed.ToArray(), entries[i + 1].Sealed.ToArray());
            Assert.Equal(expected.Key.ToArray(), entries[i + 1].Key.ToArray());
        }

        Assert.Equal(10L, Sql.Run(folder.Exchange, "SELECT count(*) FROM register_state WHERE log_index = CAST(CAST(value AS TEXT) AS INTEGER) + 1"));
        Assert.Equal(10L, Sql.Run(folder.Exchange, "SELECT count(*) FROM register_state"));
        Assert.Equal([8], await region.Governance.FindAsync(Entries.Of("rule 7").Key, Token));
        Assert.Equal(AppendStatus.Committed, (await region.Access.AppendAsync("under the rules", pin: 31)).Status);
        Assert.NotEqual(AppendStatus.Committed, (await region.Access.AppendAsync("under older ones", pin: 30)).Status);
        await LogAudit.SoundAsync(region.Governance);
        await LogAudit.SoundAsync(region.Access);
    }

    [Fact]
    public async Task A_witness_that_remembers_more_of_the_old_origin_cosigns_the_new_one()
    {
        await using var witness = await TestWitness.StartAsync("w.example", 9);
        TestWitnesses Witnesses() => new("all", WitnessMode.Async, witness);
        using var folder = await RolledBackFolder.MakeAsync(
            witnesses: Witnesses(), seen: region => WitnessingTests.UntilAsync(() => witness.Seen(region.Access.Origin)?.Size == 150));
        await Assert.ThrowsAsync<LogRolledBackException>(() => folder.OpenAsync(witnesses: Witnesses()));
        folder.Order(null, folder.Part("access", folder.Mark("access")));

        await using var region = await folder.OpenAsync(witnesses: Witnesses());
        await region.Access.AppendAsync("goes on");
        await WitnessingTests.UntilAsync(() => witness.Seen("test.example/access-2")?.Size == 2);
        Assert.Equal(150, witness.Seen("test.example/access")!.Size);
    }

    [Fact]
    public async Task A_log_can_be_retired_again_and_an_older_generation_does_not_come_back()
    {
        using var folder = await RolledBackFolder.MakeAsync(loseGovernance: true);
        await folder.RefusesToStartAsync();
        await AdoptBothAsync(folder);
        await using (var region = await folder.OpenAsync())
        {
            await region.Access.AppendManyAsync(7);
        }

        // The same backup once more: the adoption itself is among what is lost, and its marks remember that.
        folder.Restore();
        await folder.RefusesToStartAsync();
        folder.Order(new string('b', 32), folder.Part("governance", folder.Mark("governance")), folder.Part("access", folder.Mark("access")));
        await folder.RefusesToStartAsync();
        Assert.False(File.Exists(folder.OrderFile));

        folder.Order(new string('c', 32), folder.Part("governance", folder.Mark("governance-2")), folder.Part("access", folder.Mark("access-2")));
        await using (var region = await folder.OpenAsync())
        {
            Assert.Equal(("test.example/governance-3", "test.example/access-3"), (region.Governance.Origin, region.Access.Origin));
            var entries = await region.Governance.ReadAsync(0, 99, Token).ToListAsync(Token);
            Assert.Equal(RolledBackFolder.StoredGovernance + 2, entries.Count);
            Assert.StartsWith("takes the place of test.example/governance-2, 31 stored, 31 carried", entries[0].Text(), StringComparison.Ordinal);
            Assert.StartsWith("takes the place of test.example/governance, 30 stored, 30 carried", entries[1].Text(), StringComparison.Ordinal);
            Assert.Equal("rule 0", entries[2].Text());
        }
    }

    private static async Task AdoptAsync(RolledBackFolder folder)
    {
        folder.Order(null, folder.Part("access", folder.Mark("access")));
        await using var region = await folder.OpenAsync();
    }

    private static async Task AdoptBothAsync(RolledBackFolder folder)
    {
        folder.Order(null, folder.Part("governance", folder.Mark("governance")), folder.Part("access", folder.Mark("access")));
        await using var region = await folder.OpenAsync();
    }
}
