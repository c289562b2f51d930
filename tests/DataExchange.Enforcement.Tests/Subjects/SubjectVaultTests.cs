using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Vrf;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;
using static DataExchange.Enforcement.Tests.Subjects.VaultFixture;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class SubjectVaultTests
{
    private readonly MemorySubjectStore _store = new();
    private readonly MemoryMasterKey _masterKey = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_person_has_one_token_and_two_have_two()
    {
        var vault = Vault(_store, _masterKey);

        var first = await vault.ResolveAsync(ZhangSan, Cancellation);

        Assert.Same(first, await vault.ResolveAsync(ZhangSan with { }, Cancellation));
        Assert.NotEqual(first.Handle, (await vault.ResolveAsync(LiSi, Cancellation)).Handle);
        Assert.NotEqual(first.Handle, (await vault.ResolveAsync(ZhangSan with { Scheme = "other" }, Cancellation)).Handle);
        Assert.NotEqual(first.Token.ToArray(), (await vault.ResolveAsync(LiSi, Cancellation)).Token.ToArray());
        Assert.NotEqual(first.Handle.Value, Convert.ToHexStringLower(first.Token.Span));
    }

    [Fact]
    public async Task Ids_that_run_into_the_same_text_are_different_people()
    {
        var vault = Vault(_store, _masterKey);

        var one = await vault.ResolveAsync(new SubjectRef("ab", "c"), Cancellation);
        var other = await vault.ResolveAsync(new SubjectRef("a", "bc"), Cancellation);

        Assert.NotEqual(one.Handle, other.Handle);
    }

    [Fact]
    public async Task Many_racers_on_two_replicas_get_one_token_and_one_key()
    {
        SubjectVault[] replicas = [Vault(_store, _masterKey), Vault(_store, _masterKey)];

        var subjects = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => replicas[i % 2].ResolveAsync(ZhangSan, Cancellation).AsTask())));

        Assert.Single(subjects.Select(s => s.Handle).Distinct());
        var entry = Stored(Seal(subjects[0], Record(ZhangSan)));
        Assert.All(subjects, subject => Assert.True(RecordSealer.TryOpen(subject, entry, out _)));
        Assert.Single(_store.Rows);
    }

    [Fact]
    public async Task After_a_restart_the_same_tokens_and_keys_come_back()
    {
        var before = await Vault(_store, _masterKey).ResolveAsync(ZhangSan, Cancellation);
        var entry = Stored(Seal(before, Record(ZhangSan)));

        var after = await Vault(_store, _masterKey).ResolveAsync(ZhangSan, Cancellation);

        Assert.Equal(before.Handle, after.Handle);
        Assert.Equal(before.Token, after.Token);
        Assert.True(RecordSealer.TryOpen(after, entry, out _));
    }

    [Fact]
    public async Task A_person_can_prove_that_the_token_is_theirs()
    {
        var vault = Vault(_store, _masterKey);
        var subject = await vault.ResolveAsync(ZhangSan, Cancellation);

        Assert.True(VrfPublicKey.TryParse(await vault.VrfPublicKeyAsync(Cancellation), out var key));
        Assert.True(VrfProof.TryParse(subject.TokenProof.Span, out var proof));
        Assert.True(key.TryVerify([.. CanonicalSubjectId.Encode(ZhangSan), .. subject.Nonce.Span], proof, out var token));
        Assert.Equal(subject.Token, token);
        Assert.False(key.TryVerify([.. CanonicalSubjectId.Encode(LiSi), .. subject.Nonce.Span], proof, out _));
    }

    [Fact]
    public async Task A_subject_is_found_by_its_handle()
    {
        var vault = Vault(_store, _masterKey);
        var subject = await vault.ResolveAsync(ZhangSan, Cancellation);

        var found = await vault.FindAsync(subject.Handle, Cancellation);

        Assert.NotNull(found);
        Assert.True(RecordSealer.TryOpen(found, Stored(Seal(subject, Record(ZhangSan))), out _));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Nobody_is_found_by_a_handle_that_is_none(string? handle)
    {
        var vault = Vault(_store, _masterKey);
        await vault.ResolveAsync(ZhangSan, Cancellation);

        Assert.Null(await vault.FindAsync(new SubjectHandle(handle!), Cancellation));
    }

    [Fact]
    public async Task A_handle_has_one_spelling()
    {
        var vault = Vault(_store, _masterKey);
        var subject = await vault.ResolveAsync(ZhangSan, Cancellation);

        Assert.Null(await vault.FindAsync(new SubjectHandle(subject.Handle.Value.ToUpperInvariant()), Cancellation));
    }

    [Fact]
    public async Task No_subject_is_returned_before_its_row_is_durable()
    {
        var vault = Vault(_store, _masterKey);
        await vault.OpenAsync(Cancellation);
        var durable = new TaskCompletionSource();
        _store.Durable = durable.Task;

        var resolving = vault.ResolveAsync(ZhangSan, Cancellation).AsTask();
        var second = vault.ResolveAsync(ZhangSan, Cancellation).AsTask();

        await _store.Adding.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.False(resolving.IsCompleted);
        Assert.False(second.IsCompleted);
        durable.SetResult();
        Assert.Equal((await resolving).Handle, (await second).Handle);
    }

    [Fact]
    public async Task A_store_that_fails_resolves_nobody_and_nothing_is_remembered_of_it()
    {
        var vault = Vault(_store, _masterKey);
        _store.Fault = new IOException("disk full");

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await vault.ResolveAsync(ZhangSan, Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await vault.FindAsync(new SubjectHandle(new string('0', 64)), Cancellation));

        _store.Fault = null;
        Assert.NotNull(await vault.ResolveAsync(ZhangSan, Cancellation));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_that_the_vault_failed()
    {
        var vault = Vault(_store, _masterKey);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await vault.ResolveAsync(ZhangSan, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_row_with_any_part_of_another_does_not_open()
    {
        var vault = Vault(_store, _masterKey);
        await vault.ResolveAsync(ZhangSan, Cancellation);
        var zhangSan = Assert.Single(_store.Rows);
        await vault.ResolveAsync(LiSi, Cancellation);
        var liSi = _store.Rows.Single(row => row != zhangSan);

        StoredSubject[] mixed =
        [
            zhangSan with { Handle = liSi.Handle },
            zhangSan with { Sealed = liSi.Sealed },
            zhangSan with { Sealed = default },
            liSi with { Lookup = zhangSan.Lookup },
        ];
        foreach (var row in mixed)
        {
            _store.Replace(row);
            await Assert.ThrowsAsync<SubjectVaultException>(async () => await Vault(_store, _masterKey).ResolveAsync(ZhangSan, Cancellation));
        }
    }

    [Fact]
    public async Task A_vault_does_not_open_with_another_master_key()
    {
        await Vault(_store, _masterKey).ResolveAsync(ZhangSan, Cancellation);
        var another = new MemoryMasterKey();
        await another.GetOrCreateAsync(Cancellation);

        await Assert.ThrowsAsync<SubjectVaultException>(() => Vault(_store, another).OpenAsync(Cancellation));
    }

    [Fact]
    public async Task A_vault_whose_master_key_is_lost_does_not_make_a_new_one()
    {
        await Vault(_store, _masterKey).OpenAsync(Cancellation);
        var lost = new MemoryMasterKey();

        await Assert.ThrowsAsync<SubjectVaultException>(() => Vault(_store, lost).OpenAsync(Cancellation));
        Assert.Null(await lost.FindAsync((await _masterKey.GetOrCreateAsync(Cancellation)).Id, Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await lost.KeepOnlyAsync("none", Cancellation));
    }

    [Fact]
    public async Task Rows_tell_nothing_of_the_id()
    {
        await Vault(_store, _masterKey).ResolveAsync(ZhangSan, Cancellation);

        foreach (var row in _store.Rows)
        {
            byte[] bytes = [.. row.Lookup.Span, .. row.Handle.Span, .. row.Sealed.Span];
            Assert.False(Holds(bytes, ZhangSan.Value));
            Assert.False(Holds(bytes, ZhangSan.Scheme));
        }
    }

    [Fact]
    public async Task Who_is_used_stays_at_hand_and_who_is_not_is_looked_up_again()
    {
        var vault = Vault(_store, _masterKey, cachedSubjects: 8);
        await vault.ResolveAsync(LiSi, Cancellation);
        await vault.ResolveAsync(ZhangSan, Cancellation);
        for (var i = 0; i < 20; i++)
        {
            await vault.ResolveAsync(new SubjectRef("test", $"{i}"), Cancellation);
            await vault.ResolveAsync(ZhangSan, Cancellation);
        }

        var finds = _store.Finds;
        await vault.ResolveAsync(ZhangSan, Cancellation);
        Assert.Equal(finds, _store.Finds);
        await vault.ResolveAsync(LiSi, Cancellation);
        Assert.Equal(finds + 1, _store.Finds);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("scheme", "")]
    public async Task An_id_has_two_parts(string scheme, string value) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Vault(_store, _masterKey).ResolveAsync(new SubjectRef(scheme, value), Cancellation));

    [Fact]
    public async Task An_id_that_is_not_unicode_is_refused_without_repeating_it()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Vault(_store, _masterKey).ResolveAsync(new SubjectRef("scheme", "4711\ud83d"), Cancellation));
        Assert.DoesNotContain("4711", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_have_a_longest_length_in_bytes()
    {
        var vault = Vault(_store, _masterKey);
        var longest = new SubjectRef(new string('s', CanonicalSubjectId.MaxSchemeLength), new string('v', CanonicalSubjectId.MaxValueLength));

        Assert.NotNull(await vault.ResolveAsync(longest, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await vault.ResolveAsync(longest with { Value = longest.Value + "v" }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await vault.ResolveAsync(longest with { Value = new string('值', 86) }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await vault.ResolveAsync(longest with { Scheme = longest.Scheme + "s" }, Cancellation));
    }
}
