using CsCheck;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DataExchange.TransparencyLog.Tests.Following;

/// <summary>Derived data can be deleted, and comes back the same.</summary>
public sealed class RebuildTests
{
    [Fact]
    public async Task A_deleted_tiles_file_is_rebuilt_to_the_same_rows()
    {
        using var folder = new TemporaryFolder();
        await using (var region = await OpenAsync(folder))
        {
            for (var i = 0; i < 8; i++)
            {
                await region.Access.AppendManyAsync(137, $"round {i}");
            }
        }

        var incremental = Rows(folder);
        foreach (var file in Directory.GetFiles(folder.Path, "tiles.db*"))
        {
            File.Delete(file);
        }

        await using (var region = await OpenAsync(folder))
        {
            Assert.Equal(1096, region.Access.Published.Size);
            await LogAudit.SoundAsync(region.Access);
        }

        Assert.Equal(incremental, Rows(folder));
        Assert.Contains(incremental, row => row.StartsWith("tile 0/3", StringComparison.Ordinal));
    }

    [Fact]
    public void However_a_log_came_about_and_whenever_it_was_restarted_it_is_sound() =>
        Gen.Select(Gen.Int[1, 400].Array[1, 6], Gen.Bool.Array[6]).Sample(
            (sizes, restarts) => RunAsync(sizes, restarts).GetAwaiter().GetResult(), iter: 15, threads: 1);

    private static async Task RunAsync(int[] sizes, bool[] restarts)
    {
        using var folder = new TemporaryFolder();
        var seen = new List<SignedCheckpoint>();
        var region = await OpenAsync(folder);
        try
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                seen.AddRange((await region.Access.AppendManyAsync(sizes[i], $"round {i}")).Select(result => result.Batch!.Checkpoint));
                if (restarts[i])
                {
                    await region.DisposeAsync();
                    region = await OpenAsync(folder);
                }
            }

            Assert.Equal(sizes.Sum(), region.Access.Latest.Size);
            await LogAudit.SoundAsync(region.Access, seen);
        }
        finally
        {
            await region.DisposeAsync();
        }
    }

    private static Task<TestRegion> OpenAsync(TemporaryFolder folder) => TestRegion.OpenAsync(folder, configure: options => options.FlushEntries = 300);

    private static List<string> Rows(TemporaryFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("tiles.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT 'tile ' || level || '/' || tile || ' ' || hex(hashes) AS row FROM access_tile
            UNION ALL SELECT 'key ' || hex(key) || ' ' || log_index FROM access_search
            UNION ALL SELECT 'position ' || size || ' ' || note FROM position WHERE log = 'access' ORDER BY row
            """;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
