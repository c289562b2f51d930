using System.Runtime.Versioning;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class MasterKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;

    private const string Id = "00000000000000000000000000000000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(_folder, MasterKeyFile.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Of_many_who_make_it_at_once_one_wins_and_nothing_is_left_behind()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => KeyFile().GetOrCreateAsync(Cancellation).AsTask())));

        Assert.Single(keys.Select(key => key.Id).Distinct());
        Assert.Equal([KeyPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_folder_is_made_when_missing()
    {
        var file = KeyFile(Path.Combine(_folder, "a", "b"));

        Assert.Null(await file.FindAsync(Id, Cancellation));
        await file.GetOrCreateAsync(Cancellation);

        Assert.True(File.Exists(Path.Combine(_folder, "a", "b", MasterKeyFile.FileName)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_it()
    {
        await KeyFile().GetOrCreateAsync(Cancellation);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_key_that_others_may_touch_is_refused_with_the_way_out(UnixFileMode excess)
    {
        await KeyFile().GetOrCreateAsync(Cancellation);
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | excess);

        var exception = await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().FindAsync(Id, Cancellation));
        Assert.Contains($"chmod 600 {KeyPath}", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().GetOrCreateAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_of_another_length_is_no_key_and_is_not_replaced(int length)
    {
        File.WriteAllBytes(KeyPath, new byte[length]);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().FindAsync(Id, Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().GetOrCreateAsync(Cancellation));
        Assert.Equal(length, new FileInfo(KeyPath).Length);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Zeros_are_what_is_left_of_a_key_and_no_key()
    {
        File.WriteAllBytes(KeyPath, new byte[MasterKey.Size]);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var zeros = new MasterKey(new byte[MasterKey.Size]).Id;

        Assert.Null(await KeyFile().FindAsync(zeros, Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().GetOrCreateAsync(Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().KeepOnlyAsync(zeros, Cancellation));
        Assert.True(File.Exists(KeyPath));
    }

    [Fact]
    public async Task A_folder_in_its_place_is_refused()
    {
        Directory.CreateDirectory(KeyPath);

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().FindAsync(Id, Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().GetOrCreateAsync(Cancellation));
    }

    [Fact]
    public async Task A_crash_after_the_old_key_was_overwritten_leaves_the_next_one_in_use()
    {
        await KeyFile().GetOrCreateAsync(Cancellation);
        var next = await KeyFile().CreateNextAsync(Cancellation);
        await File.WriteAllBytesAsync(KeyPath, new byte[MasterKey.Size], Cancellation);

        Assert.Equal(next.Id, (await KeyFile().FindAsync(next.Id, Cancellation))?.Id);
        Assert.True(await KeyFile().KeepOnlyAsync(next.Id, Cancellation));

        Assert.Equal([KeyPath], Directory.GetFiles(_folder));
        Assert.Equal(next.Id, (await KeyFile().GetOrCreateAsync(Cancellation)).Id);
    }

    [Theory]
    [InlineData(MasterKeyFile.FileName)]
    [InlineData(MasterKeyFile.NextFileName)]
    public async Task What_a_crash_left_of_making_a_key_is_removed_and_the_key_it_may_share_its_bytes_with_stays(string name)
    {
        var key = await KeyFile().GetOrCreateAsync(Cancellation);
        var (half, linked) = (Path.Combine(_folder, name + ".0123456789abcdef.new"), Path.Combine(_folder, name + ".fedcba9876543210.new"));
        await File.WriteAllBytesAsync(half, new byte[7], Cancellation);
        using (var ln = System.Diagnostics.Process.Start("ln", [KeyPath, linked]))
        {
            await ln.WaitForExitAsync(Cancellation);
        }

        Assert.False(await KeyFile().KeepOnlyAsync(key.Id, Cancellation));

        Assert.Equal([KeyPath], Directory.GetFiles(_folder));
        Assert.Equal(key.Id, (await KeyFile().FindAsync(key.Id, Cancellation))?.Id);
    }

    [Fact]
    public async Task What_is_destroyed_is_overwritten_where_it_stood()
    {
        var old = await KeyFile().GetOrCreateAsync(Cancellation);
        var link = Path.Combine(_folder, "link");
        using (var ln = System.Diagnostics.Process.Start("ln", [KeyPath, link]))
        {
            await ln.WaitForExitAsync(Cancellation);
        }

        var next = await KeyFile().CreateNextAsync(Cancellation);
        await KeyFile().KeepOnlyAsync(next.Id, Cancellation);

        Assert.NotEqual(old.Id, next.Id);
        Assert.Equal(new byte[MasterKey.Size], await File.ReadAllBytesAsync(link, Cancellation));
    }

    private MasterKeyFile KeyFile(string? folder = null) => new(Options.Create(new SubjectVaultOptions { DataFolder = folder ?? _folder }));
}
