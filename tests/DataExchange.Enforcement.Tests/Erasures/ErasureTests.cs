using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Enforcement.Subjects.Vrf;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Enforcement.Tests.Subjects;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.TransparencyLog;
using static DataExchange.Enforcement.Tests.Erasures.ErasedRegion;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Erasures;

/// <summary>P-BLIND: erasing a person destroys what their leaves could be read with, and breaks nothing else.</summary>
public sealed class ErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sealed_for_an_erased_person_opens_for_nobody_and_everyone_elses_still_does()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ConsentingAsync(region);
        var entries = await region.EntriesAsync();

        var outcome = await EraseAsync(region);

        Assert.Equal(1, outcome.Erased);
        Assert.Equal(entries.Select(e => e.Leaf.ToArray()), (await region.EntriesAsync()).Take(entries.Count).Select(e => e.Leaf.ToArray()));
        Assert.Null(await region.Get<SubjectVault>().FindAsync(ZhangSan, Cancellation));
        Assert.Null(await region.Get<SubjectVault>().FindAsync(zhang.Handle, Cancellation));
        var stranger = await region.ResolveAsync(ZhangSan);
        Assert.All(entries, entry => Assert.False(RecordSealer.TryOpen(stranger, entry, out _)));
        var other = await region.ResolveAsync(LiSi);
        Assert.Equal(li.Handle, other.Handle);
        Assert.Equal(li.Token, other.Token);
        Assert.Equal(2, entries.Count(entry => RecordSealer.TryOpen(other, entry, out _)));
    }

    [Fact]
    public async Task Who_is_met_again_has_another_token_although_the_key_that_makes_tokens_is_the_same()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var before = await region.ResolveAsync(ZhangSan);
        var key = await region.Get<SubjectVault>().VrfPublicKeyAsync(Cancellation);

        await EraseAsync(region);

        var after = await region.ResolveAsync(ZhangSan);
        Assert.NotEqual(before.Token.ToArray(), after.Token.ToArray());
        Assert.NotEqual(before.Handle, after.Handle);
        Assert.Equal(key, await region.Get<SubjectVault>().VrfPublicKeyAsync(Cancellation));
        Assert.True(VrfPublicKey.TryParse(key, out var publicKey));
        Assert.True(VrfProof.TryParse(after.TokenProof.Span, out var proof));
        Assert.True(publicKey.TryVerify([.. CanonicalSubjectId.Encode(ZhangSan), .. after.Nonce.Span], proof, out _));
        Assert.False(publicKey.TryVerify(CanonicalSubjectId.Encode(ZhangSan), proof, out _)); // the id alone is not enough
    }

    [Fact]
    public async Task Consents_of_an_erased_person_end_now_and_after_a_restart()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ConsentingAsync(region);

        await EraseAsync(region);

        for (var start = 0; start < 2; start++)
        {
            Assert.Empty(region.Ledger.Current.ConsentsOf(zhang.Handle));
            Assert.Single(region.Ledger.Current.ConsentsOf(li.Handle));
            Assert.Equal(region.Log.Latest.Size, region.Ledger.Current.GovernanceSize);
            await region.StartAsync();
            await region.Ledger.FoundAsync(Founding(), Cancellation);
        }
    }

    /// <summary>A department's system looked the person up, and its request got its turn behind the order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_decided_any_more_about_who_was_looked_up_before_their_erasure_was_ordered(bool isReportedFailed)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ConsentingAsync(region);
        Task<CommandResult>? requested = null;
        region.Log.OnAppend = async (n, append) =>
        {
            if (n > 1)
            {
                return await append();
            }

            requested = region.RequestAsync(zhang).AsTask(); // It waits for the turn that the order holds.
            var appended = await append();
            return isReportedFailed ? throw new LogUnavailableException("Nobody knows.") : appended;
        };

        var failed = await Record.ExceptionAsync(() => EraseAsync(region));

        Assert.Equal(isReportedFailed, failed is not null);
        Assert.Equal(ProblemSlugs.StateConflict, (await requested!).Problem);
        await region.Get<SubjectErasure>().CompleteAsync(Cancellation);
        Assert.Equal(ProblemSlugs.StateConflict, (await region.RequestAsync(zhang)).Problem);
        Assert.Empty(region.Ledger.Current.ConsentsOf(zhang.Handle));
        var rows = await region.Get<IStateReader>().ReadAsync("consent", Cancellation).ToListAsync(Cancellation);
        Assert.Equal(region.Ledger.Current.ConsentsOf(li.Handle).Count, rows.Count);
        Assert.NotNull((await region.RequestAsync(await region.ResolveAsync(ZhangSan))).Consent);
    }

    [Fact]
    public async Task The_log_accounts_for_an_erasure_and_says_nothing_of_whom()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, _) = await ConsentingAsync(region);

        var outcome = await EraseAsync(region);

        var leaf = Decode((await region.EntriesAsync())[^1]);
        Assert.True(leaf.IsOpen);
        Assert.Equal(new ErasureOrdered(outcome.Id!, 1, ErasureBasis.ConsentWithdrawn, "operator"), GovernanceRecords.Read(leaf.Kind, leaf.Body.Span));
        Assert.False(VaultFixture.Holds(leaf.Body.Span, ZhangSan.Value));
        Assert.Equal(-1, leaf.Body.Span.IndexOf(zhang.Token.Span));
        Assert.Equal(-1, leaf.Body.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes(zhang.Handle.Value)));
    }

    [Fact]
    public async Task Nobody_known_is_nothing_to_enter()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var size = region.Log.Latest.Size;

        Assert.Equal(default, await EraseAsync(region));

        Assert.Equal(size, region.Log.Latest.Size);
        Assert.Null(await region.Get<SubjectVault>().FindAsync(ZhangSan, Cancellation));
    }

    [Fact]
    public async Task An_old_copy_of_the_vault_opens_nothing_with_the_key_of_today()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await ConsentingAsync(region);
        await region.StopAsync();
        var (vault, copy) = (Path.Combine(region.Folder, "vault.db"), Path.Combine(region.Folder, "copy"));
        File.Copy(vault, copy);
        await region.StartAsync();
        await region.Ledger.FoundAsync(Founding(), Cancellation);
        await EraseAsync(region);
        await region.StopAsync();

        File.Copy(copy, vault, overwrite: true);

        var refused = await Assert.ThrowsAsync<SubjectVaultException>(region.StartAsync);
        Assert.Contains("master key", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(region.Folder, MasterKeyFile.FileName)], Directory.GetFiles(region.Folder, "vault.key*"));
    }

    [Fact]
    public async Task No_row_of_an_old_copy_can_be_opened_or_even_recognised()
    {
        var (store, masterKey) = (new MemorySubjectStore(), new MemoryMasterKey());
        using var vault = VaultFixture.Vault(store, masterKey);
        var zhang = await vault.ResolveAsync(ZhangSan, Cancellation);
        await vault.ResolveAsync(LiSi, Cancellation);
        var copy = store.Copy();

        await vault.RememberAsync(new("order", "basis", "client", [Convert.FromHexString(zhang.Handle.Value)]), Cancellation);
        await vault.DestroyAsync(["order"]);

        var master = await masterKey.FindAsync((await store.FindHeaderAsync(Cancellation))!.KeyId, Cancellation);
        var keys = VaultKeys.Open((await store.FindHeaderAsync(Cancellation))!, master!);
        Assert.Equal(2, copy.Rows.Count);
        Assert.All(copy.Rows, row => Assert.Throws<SubjectVaultException>(() => SubjectRows.Open(row, keys)));
        Assert.Null(await copy.FindAsync(SubjectRows.Lookup(CanonicalSubjectId.Encode(ZhangSan), keys), Cancellation));
        Assert.NotNull(await store.FindAsync(SubjectRows.Lookup(CanonicalSubjectId.Encode(LiSi), keys), Cancellation));
    }

    /// <summary>A crash left two keys, and a header that a power cut could still take back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_key_is_destroyed_before_the_header_that_decides_it_is_known_to_be_on_the_disk(bool isRotated)
    {
        var (store, masterKey) = (new MemorySubjectStore(), new MemoryMasterKey());
        using (var before = VaultFixture.Vault(store, masterKey))
        {
            await before.ResolveAsync(ZhangSan, Cancellation);
        }

        var header = (await store.FindHeaderAsync(Cancellation))!;
        var keys = VaultKeys.Open(header, (await masterKey.FindAsync(header.KeyId, Cancellation))!);
        var next = keys.Under(await masterKey.CreateNextAsync(Cancellation));
        if (isRotated)
        {
            await store.RotateAsync(next.Header(), row => SubjectRows.Rewrap(row, keys, next), [], Cancellation);
        }

        store.Undurable = new IOException("Nobody knows what is on the disk.");
        using var vault = VaultFixture.Vault(store, masterKey);
        await Assert.ThrowsAsync<SubjectVaultException>(() => vault.OpenAsync(Cancellation));
        Assert.NotNull(await masterKey.FindAsync(keys.Id, Cancellation));
        Assert.NotNull(await masterKey.FindAsync(next.Id, Cancellation));

        store.Undurable = null;
        await vault.OpenAsync(Cancellation);
        Assert.Equal((!isRotated, isRotated), (await masterKey.FindAsync(keys.Id, Cancellation) is not null, await masterKey.FindAsync(next.Id, Cancellation) is not null));
    }

    [Fact]
    public async Task A_store_that_cannot_say_what_is_on_the_disk_costs_an_erasure_its_attempt_and_nobody_else_anything()
    {
        var (store, masterKey) = (new MemorySubjectStore { Undurable = new IOException("Held by a reader.") }, new MemoryMasterKey());
        using var vault = VaultFixture.Vault(store, masterKey);
        await vault.ResolveAsync(ZhangSan, Cancellation);

        await Assert.ThrowsAsync<SubjectVaultException>(() => vault.DestroyAsync([]));

        Assert.False(await masterKey.IsChangingAsync(Cancellation));
        await vault.ResolveAsync(LiSi, Cancellation);
    }

    [Fact]
    public async Task Resolving_goes_on_while_keys_change_and_nobody_gets_a_second_token()
    {
        var (store, masterKey) = (new MemorySubjectStore(), new MemoryMasterKey());
        using var vault = VaultFixture.Vault(store, masterKey, cachedSubjects: 2);
        var people = Enumerable.Range(0, 20).Select(n => new Contracts.Records.SubjectRef("test", $"{n}")).ToArray();
        var tokens = new Dictionary<Contracts.Records.SubjectRef, ReadOnlyMemory<byte>>();
        using var done = new CancellationTokenSource();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resolving = Task.Run(async () =>
        {
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                var person = people[n % people.Length];
                var subject = await vault.ResolveAsync(person, Cancellation);
                Assert.Equal(tokens.TryGetValue(person, out var token) ? token : tokens[person] = subject.Token, subject.Token);
                Assert.Equal(subject.Token, (await vault.FindAsync(subject.Handle, Cancellation))!.Token);
                first.TrySetResult();
            }
        }, Cancellation);

        await Task.WhenAny(first.Task, resolving);
        for (var change = 0; change < 50; change++)
        {
            await vault.DestroyAsync([]);
        }

        await done.CancelAsync();
        await resolving;
        Assert.NotEmpty(tokens);
    }
}
