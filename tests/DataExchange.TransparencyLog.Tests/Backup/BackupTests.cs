using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Backup;

/// <summary><c>dx backup</c> of a log that goes on appending, and a region started on the copy.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _target = new();
    private TestRegion _region = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _region = await TestRegion.OpenAsync(_folder);
        await _region.Governance.AppendAsync(Entries.Of("rule", null, Entries.Set("member", "a", "{}")), Token);
        await AppendLargeAsync(400);
    }

    public async ValueTask DisposeAsync()
    {
        await _region.DisposeAsync();
        _folder.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task A_backup_killed_midway_under_load_is_gone_on_with_and_a_region_starts_on_the_copy()
    {
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(stop.Token);
        using (var first = Start("--max-rate", "2"))
        {
            await Poll.UntilAsync(() => HeadOf(_target.File("exchange.db.incomplete")) > 0);
            first.Kill();
            await first.WaitForExitAsync(Token);
        }

        var midway = HeadOf(_target.File("exchange.db.incomplete"));
        Assert.InRange(midway, 1, _region.Access.Latest.Size - 1);
        Assert.False(File.Exists(_target.File("exchange.db")));

        var before = _region.Access.Latest;
        await RunAsync(0, "--with-keys");
        await stop.CancelAsync();
        var written = await writing;
        Assert.True(written > 0);

        await using var copy = await TestRegion.OpenAsync(_target);
        Assert.InRange(copy.Access.Latest.Size, before.Size, _region.Access.Latest.Size);
        await LogAudit.SoundAsync(copy.Access, before);
        await LogAudit.SoundAsync(copy.Governance);
        Assert.Equal(
            await _region.Access.ReadAsync(0, copy.Access.Latest.Size, Token).Select(Whole).ToListAsync(Token),
            await copy.Access.ReadAsync(0, long.MaxValue, Token).Select(Whole).ToListAsync(Token));
        Assert.Equal("a{}", Sql.Run(_target.File("exchange.db"), "SELECT id || CAST(value AS TEXT) FROM register_state"));
        await copy.Access.AppendAsync("after the restore");
    }

    [Fact]
    public async Task A_second_run_copies_only_what_is_new()
    {
        await RunAsync(0);
        await AppendLargeAsync(10);
        await _region.Governance.AppendAsync(Entries.Of("rule 2", null, Entries.Remove("member", "a"), Entries.Set("member", "b", "{}")), Token);
        var said = await RunAsync(0);
        Assert.Contains("10 new of 410 access entries and 1 new of 2 governance entries", said, StringComparison.Ordinal);
        Assert.Equal("b", Sql.Run(_target.File("exchange.db"), "SELECT group_concat(id) FROM register_state"));
        Assert.Equal("ok", Sql.Run(_target.File("exchange.db"), "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Keys_are_copied_only_when_asked_for_and_for_their_owner_only()
    {
        await RunAsync(0);
        Assert.Empty(Directory.GetFiles(_target.Path, "*.key"));
        await RunAsync(0, "--with-keys");
        Assert.Equal(2, Directory.GetFiles(_target.Path, "*.key").Length);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(_target.Path))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task A_damaged_entry_does_not_get_into_a_backup_unnoticed()
    {
        Sql.Run(_folder.File("exchange.db"), "UPDATE access_batch SET leaves = CAST(replace(CAST(leaves AS TEXT), 'large 7', 'large 8') AS BLOB)");
        var said = await RunAsync(1);
        Assert.Contains("root-mismatch", said, StringComparison.Ordinal);
        Assert.False(File.Exists(_target.File("exchange.db")));
    }

    [Fact]
    public async Task A_copy_at_a_size_ends_with_the_last_batch_that_fits_and_holds_the_state_of_that_time()
    {
        var batch = Convert.ToInt64(Sql.Run(_folder.File("exchange.db"), "SELECT first_index FROM access_batch WHERE first_index > 100"), CultureInfo.InvariantCulture);
        await RunAsync(0, "--at", (batch + 0).ToString(CultureInfo.InvariantCulture), "--with-keys");
        await using var copy = await TestRegion.OpenAsync(_target);
        Assert.Equal(batch, copy.Access.Latest.Size);
        await LogAudit.SoundAsync(copy.Access);
    }

    [Fact]
    public async Task A_copy_of_a_time_whose_rules_have_changed_since_is_refused_unless_only_the_logs_are_wanted()
    {
        // Another millisecond, by the log's own clock.
        var time = Convert.ToInt64(Sql.Run(_folder.File("exchange.db"), "SELECT max(time) FROM access_batch"), CultureInfo.InvariantCulture);
        await Poll.UntilAsync(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > time);
        await _region.Governance.AppendAsync("later rule");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("O", CultureInfo.InvariantCulture);

        Assert.Contains("state-not-kept", await RunAsync(2, "--at", at), StringComparison.Ordinal);
        Directory.Delete(_target.Path, recursive: true);
        await RunAsync(0, "--at", at, "--logs-only");
        Assert.Equal(400, HeadOf(_target.File("exchange.db")));
        Assert.Contains("copy of the logs only", await RunAsync(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_backup_of_this_folder_is_left_alone()
    {
        using var other = new TemporaryFolder();
        await using (var region = await TestRegion.OpenAsync(other))
        {
            await region.Access.AppendAsync("another log");
        }

        Assert.Contains("target-unusable", await RunAsync(2, other.Path, []), StringComparison.Ordinal);
        File.Delete(other.File("exchange.lock"));
        Assert.Contains("not a beginning of the log access", await RunAsync(2, other.Path, []), StringComparison.Ordinal);
        Assert.Contains("source-unreadable", await RunAsync(2, _target.Path, [], source: _target.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_knows_the_key_that_its_log_is_signed_under_and_refuses_another()
    {
        await RunAsync(0);
        Assert.Equal(2L, Sql.Run(_target.File("exchange.db"), "SELECT count(*) FROM log_key"));
        File.Copy(_folder.File("governance.key"), _target.File("access.key"));
        File.Copy(_folder.File("governance.key"), _target.File("governance.key"));
        await Assert.ThrowsAsync<LogCorruptException>(() => TestRegion.OpenAsync(_target));
        File.Copy(_folder.File("access.key"), _target.File("access.key"), overwrite: true);
        await (await TestRegion.OpenAsync(_target)).DisposeAsync();
    }

    [Fact]
    public async Task Whole_backup_stays_startable_when_the_source_does_not_continue_it()
    {
        using var other = await StoppedAsync();
        await RunAsync(0);
        var before = await File.ReadAllBytesAsync(_target.File("exchange.db"), Token);
        Assert.Contains("not a beginning of the log", await RunAsync(2, _target.Path, [], source: other.Path), StringComparison.Ordinal);
        Assert.Contains("goes into an empty folder", await RunAsync(2, "--at", "100"), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_target.File("exchange.db"), Token));
    }

    [Fact]
    public async Task Copy_gets_its_name_after_everything_else_is_there()
    {
        using var other = await StoppedAsync();
        await File.WriteAllTextAsync(other.File("vault.db"), new string('x', 4096), Token);
        Assert.Contains("source-unreadable", await RunAsync(2, _target.Path, [], source: other.Path), StringComparison.Ordinal);
        Assert.True(File.Exists(_target.File("exchange.db.incomplete")));
        Assert.False(File.Exists(_target.File("exchange.db")));
    }

    [Fact]
    public async Task Master_key_that_is_copied_is_the_one_that_the_vault_copied_is_under()
    {
        using var other = await StoppedAsync();
        var (old, next) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        PutVaultUnder(other, next);
        await File.WriteAllBytesAsync(other.File("vault.key"), old, Token);
        await File.WriteAllBytesAsync(other.File("vault.key.next"), next, Token); // An erasure is between its transaction and the new name.
        await RunAsync(0, _target.Path, ["--with-keys"], source: other.Path);
        Assert.Equal(next, await File.ReadAllBytesAsync(_target.File("vault.key"), Token));
        Assert.False(File.Exists(_target.File("vault.key.next")));

        File.Delete(other.File("vault.key.next"));
        Assert.Contains("source-unreadable", await RunAsync(2, _target.Path, ["--with-keys"], source: other.Path), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(other.File("vault.key"), next, Token);
        var said = await RunAsync(0, _target.Path, [], source: other.Path);
        Assert.Contains("no keys, but access.key, governance.key, vault.key of an earlier run", said, StringComparison.Ordinal);
        Assert.DoesNotContain("destroy it", said, StringComparison.Ordinal);

        PutVaultUnder(other, old);
        Assert.Contains("vault.key there is not the one", await RunAsync(0, _target.Path, [], source: other.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE log_head SET range = x'00' WHERE log = 'access'")]
    [InlineData("UPDATE log_head SET range = 5 WHERE log = 'governance'")]
    [InlineData("UPDATE access_batch SET root = 'text' WHERE first_index = 0")]
    public async Task Damaged_source_is_no_stack_trace(string damage)
    {
        using var other = await StoppedAsync();
        Sql.Run(other.File("exchange.db"), damage);
        var said = await RunAsync(2, _target.Path, [], source: other.Path);
        Assert.Contains("source-unreadable", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_count_does_not_choose_how_much_memory_is_taken()
    {
        using var other = await StoppedAsync();
        Sql.Run(other.File("exchange.db"), "UPDATE access_batch SET count = 1000000000000 WHERE first_index = 0");
        Assert.Contains("root-mismatch", await RunAsync(1, _target.Path, [], source: other.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vault_is_copied_after_the_logs()
    {
        Sql.Run(_folder.File("vault.db"), "INSERT INTO subject (lookup, handle, sealed) VALUES (x'01', x'02', x'04')");
        await RunAsync(0);
        Assert.Equal("04", Sql.Run(_target.File("vault.db"), "SELECT hex(sealed) FROM subject"));
    }

    [Fact]
    public async Task What_was_removed_from_the_registers_since_is_overwritten_in_the_copy()
    {
        const string Handle = "handle of somebody who is to be erased";
        var secret = System.Text.Encoding.UTF8.GetBytes(Handle);
        var ids = Enumerable.Range(0, 20).Select(n => $"consent-{n}").ToArray();
        await _region.Governance.AppendAsync(Entries.Of("consents", null, [.. ids.Select(id => Entries.Set("consent", id, Handle))]), Token);
        await RunAsync(0);
        Assert.NotEqual(-1, File.ReadAllBytes(_target.File("exchange.db")).AsSpan().IndexOf(secret));

        await _region.Governance.AppendAsync(Entries.Of("erasure", null, [.. ids.Select(id => Entries.Remove("consent", id))]), Token);
        await RunAsync(0);

        Assert.Equal(-1, File.ReadAllBytes(_target.File("exchange.db")).AsSpan().IndexOf(secret));
    }

    /// <summary>The folder of another region, which is stopped.</summary>
    private static async Task<TemporaryFolder> StoppedAsync()
    {
        var folder = new TemporaryFolder();
        await using var region = await TestRegion.OpenAsync(folder);
        await region.Access.AppendAsync("another log");
        await region.Governance.AppendAsync("another rule");
        return folder;
    }

    private static void PutVaultUnder(TemporaryFolder folder, byte[] key)
    {
        var id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 16, info: "data-exchange/vault/id/v1"u8.ToArray()));
        Sql.Run(folder.File("vault.db"), $"INSERT OR REPLACE INTO header (one, key_id, sealed) VALUES (1, '{id}', x'01')");
    }

    private static string Whole(StoredEntry entry) => $"{entry.Index} {entry.Text()} {Convert.ToHexString(entry.Sealed.Span[..4])} {Convert.ToHexString(entry.Key.Span)}";

    private static long HeadOf(string file) =>
        File.Exists(file) && Sql.Run(file, "SELECT count(*) FROM sqlite_master WHERE name = 'log_head'") is 1L
            ? Sql.Run(file, "SELECT size FROM log_head WHERE log = 'access'") as long? ?? 0
            : 0;

    /// <summary>Entries of 20 kB, so that a few hundred take several chunks.</summary>
    private async Task AppendLargeAsync(int count)
    {
        foreach (var entries in Enumerable.Range(0, count).Chunk(40))
        {
            await Task.WhenAll(entries.Select(i => _region.Access.AppendAsync(Entries.Of($"large {i}") with { Sealed = new byte[20_000] }, Token).AsTask()));
        }
    }

    private async Task<int> WriteAsync(CancellationToken stop)
    {
        var written = 0;
        for (; !stop.IsCancellationRequested; written++)
        {
            await _region.Access.AppendAsync(Entries.Of($"under load {written}") with { Sealed = new byte[600] }, Token);
            if (written % 50 == 0)
            {
                await Task.Yield();
            }
        }

        return written;
    }

    private Process Start(params string[] options) => Start(_target.Path, options, _folder.Path);

    private static Process Start(string target, string[] options, string source) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "dx.dll"), "backup", source, target, .. options])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private Task<string> RunAsync(int exitCode, params string[] options) => RunAsync(exitCode, _target.Path, options);

    private async Task<string> RunAsync(int exitCode, string target, string[] options, string? source = null)
    {
        using var process = Start(target, options, source ?? _folder.Path);
        var error = process.StandardError.ReadToEndAsync(Token);
        var said = await process.StandardOutput.ReadToEndAsync(Token) + await error;
        await process.WaitForExitAsync(Token);
        Assert.True(exitCode == process.ExitCode, said);
        return said;
    }
}
