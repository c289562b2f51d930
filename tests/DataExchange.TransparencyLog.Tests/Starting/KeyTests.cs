using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Starting;

public sealed class KeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_start_makes_two_keys_for_their_owner_only()
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        Assert.NotEqual(region.Access.Verifier.ToString(), region.Governance.Verifier.ToString());
        Assert.Equal(("test.example/access", "test.example/governance"), (region.Access.Verifier.Name, region.Governance.Verifier.Name));
        Assert.Equal((region.Access.Origin, region.Governance.Origin), (region.Access.Verifier.Name, region.Governance.Verifier.Name));
        foreach (var key in new[] { "access.key", "governance.key" })
        {
            Assert.Equal(32, Convert.FromBase64String(await File.ReadAllTextAsync(_folder.File(key), TestContext.Current.CancellationToken)).Length);
            Assert.False(File.Exists(_folder.File(key + ".new")));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(key)));
            }
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_key_that_others_can_open_is_refused(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a matter of Unix.");
        await (await TestRegion.OpenAsync(_folder)).DisposeAsync();
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(_folder.File("access.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
#pragma warning restore CA1416
        var error = await Assert.ThrowsAsync<KeyFileException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains("chmod 600", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("access.key"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_malformed_key_is_refused(string text)
    {
        await (await TestRegion.OpenAsync(_folder)).DisposeAsync();
        await File.WriteAllTextAsync(_folder.File("access.key"), text, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<KeyFileException>(() => TestRegion.OpenAsync(_folder));
    }

    [Fact]
    public async Task A_key_that_is_lost_is_not_replaced_once_the_log_has_entries()
    {
        await using (var region = await TestRegion.OpenAsync(_folder))
        {
            await region.Access.AppendAsync("signed over");
        }

        File.Delete(_folder.File("access.key"));
        var error = await Assert.ThrowsAsync<KeyFileException>(() => TestRegion.OpenAsync(_folder));
        Assert.Contains("is missing", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("access.key")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_key_or_another_region_than_the_one_that_signed_is_refused(bool derivedDataIsGone)
    {
        await using (var region = await TestRegion.OpenAsync(_folder))
        {
            await region.Access.AppendAsync("signed over");
            await region.Governance.AppendAsync("signed over");
        }

        await AssertRefusedAsync("other.example", derivedDataIsGone);
        await ReplaceKeyAsync();
        await AssertRefusedAsync("test.example", derivedDataIsGone);
        File.Copy(_folder.File("governance.key"), _folder.File("access.key"), overwrite: true);
        await AssertRefusedAsync("test.example", derivedDataIsGone);
    }

    [Fact]
    public async Task A_log_of_an_earlier_version_learns_its_key_at_the_first_start()
    {
        await (await TestRegion.OpenAsync(_folder)).DisposeAsync();
        Sql.Run(_folder.File("exchange.db"), "DROP TABLE log_key; DROP TABLE log_retired; PRAGMA user_version=1");
        await using (var region = await TestRegion.OpenAsync(_folder))
        {
            await region.Access.AppendAsync("signed over");
        }

        await ReplaceKeyAsync();
        await AssertRefusedAsync("test.example", derivedDataIsGone: true);
    }

    [Fact]
    public async Task A_half_made_key_of_a_crashed_first_start_is_made_anew()
    {
        await File.WriteAllTextAsync(_folder.File("access.key.new"), "half", TestContext.Current.CancellationToken);
        await using var region = await TestRegion.OpenAsync(_folder);
        Assert.Equal(AppendStatus.Committed, (await region.Access.AppendAsync("first")).Status);
    }

    /// <summary>Another valid key of the same name.</summary>
    private async Task ReplaceKeyAsync()
    {
        using var other = new TemporaryFolder();
        await (await TestRegion.OpenAsync(other)).DisposeAsync();
        File.Copy(other.File("access.key"), _folder.File("access.key"), overwrite: true);
    }

    private async Task AssertRefusedAsync(string region, bool derivedDataIsGone)
    {
        if (derivedDataIsGone)
        {
            File.Delete(_folder.File("tiles.db"));
        }

        var error = await Assert.ThrowsAsync<LogCorruptException>(() => TestRegion.OpenAsync(_folder, configure: options => options.Region = region));
        Assert.Contains("is signed by the key", error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore the key", error.Message, StringComparison.Ordinal);
    }
}
