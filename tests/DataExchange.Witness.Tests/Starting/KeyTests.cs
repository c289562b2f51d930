using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Starting;

public sealed class KeyTests : OneLogTest
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Key_is_made_once_and_for_its_owner_only()
    {
        string vkey;
        await using (var witness = await StartAsync())
        {
            vkey = witness.Verifier.ToString();
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder.Key));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder.State));
        }

        await using var again = await StartAsync();
        Assert.Equal(vkey, again.Verifier.ToString());
    }

    [Fact]
    public async Task Key_that_others_can_read_is_refused()
    {
        await StartAndStopAsync();
        if (OperatingSystem.IsWindows())
        {
            return; // There are no file modes.
        }

        File.SetUnixFileMode(Folder.Key, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains($"chmod 600 '{Folder.Key}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_new_key_is_made_beside_a_state()
    {
        await StartAndStopAsync();
        File.Delete(Folder.Key);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains("Restore the key from its backup", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.Key));
    }

    [Fact]
    public async Task Key_that_is_none_is_refused()
    {
        await StartAndStopAsync();
        await File.WriteAllTextAsync(Folder.Key, "not a key\n", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains(Folder.Key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_name_is_another_witness_and_does_not_take_the_state()
    {
        await StartAndStopAsync();
        var options = RunningWitness.OptionsOf(Folder, Log);
        options.Name = "witness.example/another";
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(() => RunningWitness.StartAsync(options));
        Assert.Contains("it belongs to the key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_witness_on_one_folder_is_refused()
    {
        await using var witness = await StartAsync();
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains("in use by another witness", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await witness.SubmitAsync(Log, 0, 5)).Status);
    }

    private Task<RunningWitness> StartAsync() => RunningWitness.StartAsync(Folder, Log);

    private async Task StartAndStopAsync() => await (await StartAsync()).DisposeAsync();
}
