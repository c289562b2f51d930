using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// An older copy of the log is put back. The checkpoint that was published last, kept with the derived data, tells. Where that is gone
/// or older too, only somebody outside this folder remembers.
/// </summary>
public sealed class RestoredBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task An_older_copy_is_refused_and_the_newer_one_is_taken_again(int lost)
    {
        await GrowAsync(300);
        File.Copy(_folder.File("exchange.db"), _folder.File("backup"));
        var latest = await GrowAsync(lost);
        File.Move(_folder.File("exchange.db"), _folder.File("newer"));
        File.Copy(_folder.File("backup"), _folder.File("exchange.db"));

        for (var start = 0; start < 2; start++)
        {
            var error = await Assert.ThrowsAsync<LogRolledBackException>(() => TestRegion.OpenAsync(_folder));
            Assert.Contains($"ends at 300 entries, but the checkpoint published last remembers {300 + lost}", error.Message, StringComparison.Ordinal);
            Assert.Contains("Restore a backup", error.Message, StringComparison.Ordinal);
        }

        File.Move(_folder.File("newer"), _folder.File("exchange.db"), overwrite: true);
        await using var region = await TestRegion.OpenAsync(_folder);
        await LogAudit.SoundAsync(region.Access, latest);
    }

    private async Task<SignedCheckpoint> GrowAsync(int count)
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        await region.Access.AppendManyAsync(count);
        return region.Access.Latest;
    }
}
