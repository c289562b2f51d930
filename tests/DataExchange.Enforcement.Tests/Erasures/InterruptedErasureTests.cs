using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Subjects;
using DataExchange.TransparencyLog;
using Microsoft.Data.Sqlite;
using static DataExchange.Enforcement.Tests.Erasures.ErasedRegion;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Erasures;

/// <summary>An erasure that is broken off, or cannot be carried out, is finished later and counted once; and it keeps nobody else waiting.</summary>
public sealed class InterruptedErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every step that leaves something on the disk, as the last one and as the first that did not happen.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_step_is_finished_by_the_next_start_and_counted_once(bool isLastDone)
    {
        var isWhole = false;
        for (var last = 1; !isWhole; last++)
        {
            await using var region = await LedgerRegion.FoundedAsync();
            var (zhang, li) = await ConsentingAsync(region);
            await region.StopAsync();
            var crash = new Steps(last, isLastDone);
            region.Configure = services => Steps.Install(services, crash);
            await region.StartAsync();
            region.Configure = null;
            await region.Ledger.FoundAsync(Founding(), Cancellation);
            Assert.Equal(0, crash.Taken);
            var failed = await Record.ExceptionAsync(() => EraseAsync(region));

            await region.StartAsync();
            await region.Ledger.FoundAsync(Founding(), Cancellation);
            await region.Get<SubjectErasure>().CompleteAsync(Cancellation);

            // Remembered, entered, key made, rows changed, key destroyed: with a sixth to come, the fifth was not the last.
            isWhole = failed is null;
            Assert.Equal((last, last > 5), (last, isWhole));

            // Not remembered is not ordered; everything later is carried out.
            var isOrdered = last > 1 || isLastDone;
            var orders = (await region.EntriesAsync()).Count(entry => Decode(entry).Kind == LeafKinds.ErasureOrdered);
            Assert.Equal((last, isOrdered ? 1 : 0), (last, orders));
            Assert.Equal((last, isOrdered), (last, await region.Get<SubjectVault>().FindAsync(ZhangSan, Cancellation) is null));
            Assert.Equal(isOrdered ? 0 : 1, region.Ledger.Current.ConsentsOf(zhang.Handle).Count);
            Assert.Equal(li.Token, (await region.ResolveAsync(LiSi)).Token);
            Assert.Single(region.Ledger.Current.ConsentsOf(li.Handle));
            Assert.Equal([Path.Combine(region.Folder, MasterKeyFile.FileName)], Directory.GetFiles(region.Folder, "vault.key*"));
            Assert.Empty(await region.Get<SubjectVault>().OrderedAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_row_that_does_not_open_is_named_before_anything_is_ordered()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await region.ResolveAsync(ZhangSan);
        var handle = await DamageAsync(region);
        var size = region.Log.Latest.Size;

        var refused = await Assert.ThrowsAsync<SubjectVaultException>(() => EraseAsync(region));

        Assert.Contains(Convert.ToHexStringLower(handle), refused.Message, StringComparison.Ordinal);
        Assert.Empty(await region.Get<SubjectVault>().OrderedAsync(Cancellation));
        Assert.Equal(size, region.Log.Latest.Size);
        Assert.NotNull(await region.Get<SubjectVault>().FindAsync(ZhangSan, Cancellation));
    }

    [Fact]
    public async Task An_order_that_cannot_be_carried_out_waits_and_keeps_nobody_else_from_being_served()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ConsentingAsync(region);
        var handle = await DamageAsync(region);
        await region.Get<SubjectVault>().RememberAsync(
            new("order", nameof(ErasureBasis.Unlawful), "operator", [Convert.FromHexString(zhang.Handle.Value)]), Cancellation);
        await region.StartAsync();
        await region.Ledger.FoundAsync(Founding(), Cancellation);
        var erasure = region.Get<SubjectErasure>();

        await erasure.ResumeAsync(Cancellation);

        Assert.Equal((true, 1), (erasure.HasFailed, await erasure.CountAsync(Cancellation)));
        Assert.Equal(li.Token, (await region.ResolveAsync(LiSi)).Token);
        Assert.Equal(ProblemSlugs.StateConflict, (await region.RequestAsync(await region.ResolveAsync(ZhangSan))).Problem);
        Assert.Equal([Path.Combine(region.Folder, MasterKeyFile.FileName)], Directory.GetFiles(region.Folder, "vault.key*"));

        // Once the row is gone, the next start finishes what waited.
        using (var vault = new SqliteConnection($"Data Source={Path.Combine(region.Folder, "vault.db")};Pooling=False"))
        {
            vault.Open();
            using var delete = vault.CreateCommand();
            delete.CommandText = "DELETE FROM subject WHERE handle = @handle";
            delete.Parameters.AddWithValue("@handle", handle);
            Assert.Equal(1, delete.ExecuteNonQuery());
        }

        await erasure.ResumeAsync(Cancellation);
        Assert.Equal((false, 0), (erasure.HasFailed, await erasure.CountAsync(Cancellation)));
        Assert.Null(await region.Get<SubjectVault>().FindAsync(zhang.Handle, Cancellation));
    }

    [Fact]
    public async Task Asking_again_after_a_failure_finishes_the_first_order_and_enters_no_second()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, _) = await ConsentingAsync(region);
        region.Log.OnAppend = (n, append) => n == 1 ? throw new LogUnavailableException("Injected before the commit.") : append();

        await Assert.ThrowsAsync<LogUnavailableException>(() => EraseAsync(region));
        Assert.Equal(default, await EraseAsync(region));

        Assert.Single(await region.EntriesAsync(), entry => Decode(entry).Kind == LeafKinds.ErasureOrdered);
        Assert.Null(await region.Get<SubjectVault>().FindAsync(zhang.Handle, Cancellation));
        Assert.False(region.Get<SubjectErasure>().HasFailed);
    }

    [Fact]
    public async Task An_order_whose_entry_committed_although_it_was_reported_failed_ends_consents_in_the_running_gateway()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ConsentingAsync(region);
        region.Log.OnAppend = async (n, append) =>
        {
            var appended = await append();
            return n == 1 ? throw new LogUnavailableException("Nobody knows.") : appended;
        };

        await Assert.ThrowsAsync<LogUnavailableException>(() => EraseAsync(region));
        await region.Get<SubjectErasure>().CompleteAsync(Cancellation);

        Assert.Empty(region.Ledger.Current.ConsentsOf(zhang.Handle));
        Assert.Single(region.Ledger.Current.ConsentsOf(li.Handle));
        Assert.Single(await region.EntriesAsync(), entry => Decode(entry).Kind == LeafKinds.ErasureOrdered);
    }

    /// <summary>A row that was changed on the disk; returns its handle.</summary>
    private static async Task<byte[]> DamageAsync(LedgerRegion region)
    {
        var store = region.Get<ISubjectStore>();
        var row = new StoredSubject(new byte[32], System.Security.Cryptography.RandomNumberGenerator.GetBytes(32), new byte[200]);
        Assert.NotNull(await store.GetOrAddAsync(row, (await store.FindHeaderAsync(Cancellation))!.KeyId, Cancellation));
        return row.Handle.ToArray();
    }
}
