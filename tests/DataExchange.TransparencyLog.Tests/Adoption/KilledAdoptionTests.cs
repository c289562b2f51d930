using DataExchange.TransparencyLog.Tests.Faults;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Adoption;

/// <summary>A start that carries out an order is broken at its file system calls, in a real process. The next start finishes it, and once.</summary>
public sealed class KilledAdoptionTests
{
    private static readonly int Step = Environment.GetEnvironmentVariable("DX_FAULTS_ALL") == "1" ? 1 : 3;

    private static readonly string[] Files =
    [
        .. new[] { "exchange.db", "tiles.db" }.SelectMany(file => new[] { file, $"{file}-wal", $"{file}-journal" }),
        .. new[] { "access-2.key", "governance-2.key" }.SelectMany(file => new[] { file, $"{file}.new" }),
        "adopt.json",
    ];

    [Theory]
    [InlineData("pwrite64,write", "signal=KILL")]
    [InlineData("fsync,fdatasync,openat,ftruncate,?rename,?link,?unlink", "signal=KILL")]
    [InlineData("pwrite64,write", "error=EIO")]
    [InlineData("fsync,fdatasync,openat,ftruncate,?rename,?link,?unlink", "error=EIO")]
    public async Task A_start_that_is_broken_anywhere_is_finished_by_the_next(string calls, string fault)
    {
        Strace.SkipWhereUnavailable();
        using var ordered = await RolledBackFolder.MakeAsync(loseGovernance: true);
        await ordered.RefusesToStartAsync();
        ordered.Order(null, ordered.Part("governance", ordered.Mark("governance")), ordered.Part("access", ordered.Mark("access")));

        using var sessions = new SessionPool();
        var (before, broken) = (new Told(null), 0);
        for (int call = 1, idle = 0; idle < 2; call += Step)
        {
            using var folder = new TemporaryFolder(inMemory: true);
            folder.CopyFrom(ordered.Folder.Path);
            var session = sessions.Take(before);
            var isHit = await BreakAsync(session, folder, calls, $"{fault}:when={call}");
            (broken, idle) = isHit ? (broken + 1, 0) : (broken, idle + 1);
            Assert.True(session.Told.Unexpected.Count == 0, string.Join(Environment.NewLine, session.Told.Unexpected));
            if (!session.HasEnded)
            {
                await session.DoAsync("close");
            }

            await IsAdoptedAsync(folder);
        }

        Assert.True(broken > 1, "Hardly a call was broken: the trace sees other files than the program uses.");
    }

    private static async Task<bool> BreakAsync(SessionProcess session, TemporaryFolder folder, string calls, string fault)
    {
        var paths = Files.SelectMany(file => new[] { "-P", folder.File(file) }).Concat(["-P", folder.Path]);
        await using var strace = await Strace.AttachAsync(session.Id, folder.Path + ".strace", [.. paths, "-e", $"trace={calls}", "-e", $"inject={calls}:{fault}"]);
        await session.DoAsync($"open {folder.Path}");
        var trace = await strace.DetachAsync();
        return session.HasEnded || trace.Any(line => line.EndsWith("(INJECTED)", StringComparison.Ordinal));
    }

    private static async Task IsAdoptedAsync(TemporaryFolder folder)
    {
        await using var region = await TestRegion.OpenAsync(folder);
        Assert.False(File.Exists(folder.File("adopt.json")));
        Assert.Equal(("test.example/governance-2", "test.example/access-2"), (region.Governance.Origin, region.Access.Origin));
        Assert.Equal((RolledBackFolder.StoredGovernance + 1L, 1L), (region.Governance.Latest.Size, region.Access.Latest.Size));
        Assert.Equal(2L, Sql.Run(folder.File("exchange.db"), "SELECT count(*) FROM log_retired"));
        await LogAudit.SoundAsync(region.Governance);
        await LogAudit.SoundAsync(region.Access);
    }
}
