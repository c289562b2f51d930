using System.Runtime.Versioning;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Subjects.Keys;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class MasterKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(_folder, MasterKeyFile.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task There_is_no_key_until_one_is_made_and_then_it_stays()
    {
        Assert.Null(await KeyFile().ReadAsync(Cancellation));

        var made = await KeyFile().CreateAsync(Cancellation);

        Assert.Equal(IMasterKey.Size, made.Length);
        Assert.Equal(made, await KeyFile().ReadAsync(Cancellation));
        Assert.Equal(made, await KeyFile().CreateAsync(Cancellation));
    }

    [Fact]
    public async Task Of_many_who_make_it_at_once_one_wins_and_nothing_is_left_behind()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => KeyFile().CreateAsync(Cancellation).AsTask())));

        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
        Assert.Equal([KeyPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_folder_is_made_when_missing()
    {
        var file = KeyFile(Path.Combine(_folder, "a", "b"));

        Assert.Null(await file.ReadAsync(Cancellation));
        await file.CreateAsync(Cancellation);

        Assert.True(File.Exists(Path.Combine(_folder, "a", "b", MasterKeyFile.FileName)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_read_it()
    {
        await KeyFile().CreateAsync(Cancellation);

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
        await KeyFile().CreateAsync(Cancellation);
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | excess);

        var exception = await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().ReadAsync(Cancellation));
        Assert.Contains($"chmod 600 {KeyPath}", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().CreateAsync(Cancellation));
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

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().ReadAsync(Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().CreateAsync(Cancellation));
        Assert.Equal(length, new FileInfo(KeyPath).Length);
    }

    [Fact]
    public async Task A_folder_in_its_place_is_refused()
    {
        Directory.CreateDirectory(KeyPath);

        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().ReadAsync(Cancellation));
        await Assert.ThrowsAsync<SubjectVaultException>(async () => await KeyFile().CreateAsync(Cancellation));
    }

    private MasterKeyFile KeyFile(string? folder = null) => new(Options.Create(new SubjectVaultOptions { DataFolder = folder ?? _folder }));
}
