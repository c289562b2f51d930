using System.Runtime.Versioning;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static DataExchange.Enforcement.Tests.Subjects.VaultFixture;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class AddSubjectVaultTests : IDisposable
{
    private readonly RegionOnDisk _region = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(_region.Folder, MasterKeyFile.FileName);

    public void Dispose() => _region.Dispose();

    [Fact]
    public async Task No_file_on_disk_holds_an_id_or_a_record_in_the_clear()
    {
        var host = await _region.StartAsync();
        await AppendAsync(host, Record(ZhangSan));
        var whileRunning = ReadFiles();
        await RegionOnDisk.StopAsync(host);

        foreach (var (path, bytes) in whileRunning.Concat(ReadFiles()))
        {
            Assert.False(Holds(bytes, ZhangSan.Value), path);
            Assert.False(Holds(bytes, ZhangSan.Scheme), path);
            Assert.False(Holds(bytes, "\"subject\""), path);
        }

        Assert.Contains(whileRunning, file => file.Path.EndsWith("vault.db", StringComparison.Ordinal));
        Assert.Contains(whileRunning, file => Holds(file.Bytes, LeafKinds.AccessReleased)); // the search finds what is there
    }

    [Fact]
    public async Task After_a_restart_the_same_person_opens_the_same_entries()
    {
        var host = await _region.StartAsync();
        var (before, index) = await AppendAsync(host, Record(ZhangSan));
        await RegionOnDisk.StopAsync(host);

        host = await _region.StartAsync();
        var after = await host.Services.GetRequiredService<SubjectVault>().ResolveAsync(ZhangSan, Cancellation);
        var entries = await host.Services.GetRequiredService<RegionLogs>().Access.ReadAsync(index, 1, Cancellation).ToListAsync(Cancellation);
        await RegionOnDisk.StopAsync(host);

        Assert.Equal(before.Handle, after.Handle);
        Assert.True(RecordSealer.TryOpen(after, Assert.Single(entries), out var opened));
        Assert.Equal(Record(ZhangSan), opened.Record.ToArray());
    }

    [Fact]
    public async Task After_a_restart_with_the_clock_set_back_log_time_goes_on()
    {
        var host = await _region.StartAsync();
        await AppendAsync(host, Record(ZhangSan));
        await RegionOnDisk.StopAsync(host);

        _region.Time.AdjustTime(_region.Time.GetUtcNow().AddDays(-1));
        host = await _region.StartAsync();
        var now = host.Services.GetRequiredService<LogClock>().NowMs();
        await RegionOnDisk.StopAsync(host);

        Assert.Equal(January2026, now);
    }

    [Fact]
    public async Task Without_its_master_key_a_vault_with_rows_does_not_start_and_no_new_key_is_made()
    {
        await RegionOnDisk.StopAsync(await _region.StartAsync());
        File.Delete(KeyPath);

        using var host = _region.NewHost();
        await Assert.ThrowsAsync<SubjectVaultException>(() => host.StartAsync(Cancellation));
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task With_a_master_key_that_others_may_read_the_host_does_not_start()
    {
        await RegionOnDisk.StopAsync(await _region.StartAsync());
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | UnixFileMode.GroupRead);

        using var host = _region.NewHost();
        await Assert.ThrowsAsync<SubjectVaultException>(() => host.StartAsync(Cancellation));
    }

    [Fact]
    public async Task Every_bad_option_is_named_at_the_start()
    {
        using var host = _region.NewHost(o => (o.DataFolder, o.CachedSubjects) = (" ", 1));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Equal(2, exception.Failures.Count());
        Assert.Contains(nameof(SubjectVaultOptions.DataFolder), exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SubjectVaultOptions.CachedSubjects), exception.Message, StringComparison.Ordinal);
    }

    private static async Task<(Subject Subject, long Index)> AppendAsync(IHost host, byte[] record)
    {
        var subject = await host.Services.GetRequiredService<SubjectVault>().ResolveAsync(ZhangSan, Cancellation);
        var entry = Seal(subject, record, host.Services.GetRequiredService<LogClock>().NowMs());
        var result = await host.Services.GetRequiredService<RegionLogs>().Access.AppendAsync(
            new LogEntry { Leaf = entry.Leaf, Sealed = entry.Sealed, Key = entry.Tag }, Cancellation);
        Assert.Equal(AppendStatus.Committed, result.Status);
        return (subject, result.Index);
    }

    private List<(string Path, byte[] Bytes)> ReadFiles()
    {
        var files = new List<(string, byte[])>();
        foreach (var path in Directory.GetFiles(_region.Folder).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            files.Add((path, bytes));
        }

        return files;
    }
}
