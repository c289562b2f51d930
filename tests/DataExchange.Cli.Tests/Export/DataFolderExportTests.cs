using DataExchange.Cli.Tests.Fsck;
using DataExchange.Cli.Tests.Verify;

namespace DataExchange.Cli.Tests.Export;

public sealed class DataFolderExportTests : IDisposable
{
    private readonly string _target = Directory.CreateTempSubdirectory("dx-export-").FullName;

    public void Dispose() => Directory.Delete(_target, recursive: true);

    [Theory]
    [InlineData("access", TestFolder.AccessSize)]
    [InlineData("governance", TestFolder.GovernanceSize)]
    public async Task Tree_out_of_a_data_folder_verifies_everywhere(string log, int size)
    {
        using var folder = await TestFolder.WriteAsync();
        var run = await ExportAsync(folder, "--log", log, "--trust-fetched-vkey");
        Assert.Equal(size, run.Shows(0, "verified").Json.GetProperty("size").GetInt32());
        var vkey = (await File.ReadAllTextAsync(Path.Combine(_target, "vkey"), TestContext.Current.CancellationToken)).Trim();
        Assert.StartsWith($"demo.example/{log}+", vkey, StringComparison.Ordinal);
        (await DxRun.InProcessAsync(["verify", _target, "--vkey", vkey, "--state", _target + "-state", "--json"])).Shows(0, "verified");
        Assert.Equal(0, (await PythonVerifier.RunAsync(new Uri(_target).AbsoluteUri, vkey)).ExitCode);
        Directory.Delete(_target + "-state", recursive: true);
    }

    [Fact]
    public async Task Running_gateway_is_exported_and_brought_up_to_date()
    {
        using var folder = await TestFolder.WriteAsync();
        await using (await folder.OpenAsync())
        {
            (await ExportAsync(folder, "--trust-fetched-vkey")).Shows(0, "verified");
        }

        await using (var open = await folder.OpenAsync())
        {
            await open.AppendAsync(3);
        }

        var json = (await ExportAsync(folder, "--trust-fetched-vkey")).Shows(0, "verified").Json;
        Assert.Equal(TestFolder.AccessSize, json.GetProperty("sizeBefore").GetInt32());
        Assert.Equal(TestFolder.AccessSize + 300, json.GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Damaged_entry_of_a_data_folder_is_not_published()
    {
        using var folder = await TestFolder.WriteAsync();
        folder.Damage("exchange.db", "UPDATE access_batch SET leaves = flip(leaves, 80) WHERE first_index = 0");
        (await ExportAsync(folder, "--trust-fetched-vkey")).Shows(1, "root-mismatch");
        folder.Damage("exchange.db", "DELETE FROM access_batch WHERE first_index = 0");
        (await ExportAsync(folder, "--trust-fetched-vkey")).Shows(1, "entries-missing");
        Assert.False(File.Exists(Path.Combine(_target, "checkpoint")));
    }

    [Fact]
    public async Task Data_folder_without_a_published_checkpoint_is_no_verdict()
    {
        using var folder = await TestFolder.WriteAsync();
        File.Delete(folder.FileOf("tiles.db"));
        (await ExportAsync(folder, "--trust-fetched-vkey")).Shows(2, "source-unreadable");
    }

    private Task<DxRun> ExportAsync(TestFolder folder, params string[] more) => DxRun.InProcessAsync(["export", folder.Path, _target, "--json", .. more]);
}
