using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>One run in which one call is broken, and what must hold after it.</summary>
internal sealed record BrokenCall(Phase Phase, string Calls, string Fault)
{
    private static readonly string[] Files =
    [
        .. new[] { "exchange.db", "tiles.db", "vault.db" }.SelectMany(file => new[] { file, $"{file}-wal", $"{file}-shm", $"{file}-journal" }),
        .. new[] { "access.key", "governance.key" }.SelectMany(file => new[] { file, $"{file}.new" }),
        "exchange.lock",
    ];

    /// <summary>Puts into a folder what runs of this phase start from; returns what was acknowledged there.</summary>
    public static async Task<Told> PrepareAsync(Phase phase, TemporaryFolder folder)
    {
        using var session = new SessionProcess();
        if (phase != Phase.FirstStart)
        {
            Assert.True(await session.DoAsync($"open {folder.Path}"));
            Assert.True(await session.DoAsync("append 12"));
            if (phase != Phase.Recovery)
            {
                Assert.True(await session.DoAsync("close"));
            }
        }

        session.Kill();
        return session.Told;
    }

    /// <summary>False when there was no such call any more.</summary>
    public async Task<bool> RunAsync(SessionPool sessions, TemporaryFolder origin, Told before)
    {
        using var folder = new TemporaryFolder(inMemory: true);
        folder.CopyFrom(origin.Path);
        var session = sessions.Take(before);
        var (first, broken) = Phase switch
        {
            Phase.Append => ([$"open {folder.Path}"], "append 4"),
            Phase.Stop => ([$"open {folder.Path}", "append 4"], "close"),
            _ => (Array.Empty<string>(), $"open {folder.Path}"),
        };
        foreach (var command in first)
        {
            Assert.True(await session.DoAsync(command), Describe(session));
        }

        Assert.True(session.Told.Refused.Count == 0, Describe(session));
        var hit = await BreakAsync(session, folder, broken);
        if (!session.HasEnded)
        {
            await session.DoAsync("close");
        }

        AssertTold(session, hit);
        await using var region = await TestRegion.OpenAsync(folder);
        await session.Told.AssertHeldAsync(region);
        Assert.Equal(AppendStatus.Committed, (await region.Access.AppendAsync("after")).Status);
        return hit;
    }

    private async Task<bool> BreakAsync(SessionProcess session, TemporaryFolder folder, string command)
    {
        var paths = Files.SelectMany(file => new[] { "-P", folder.File(file) }).Concat(["-P", folder.Path]);
        await using var strace = await Strace.AttachAsync(session.Id, folder.Path + ".strace", [.. paths, "-e", $"trace={Calls}", "-e", $"inject={Calls}:{Fault}"]);
        await session.DoAsync(command);
        var trace = await strace.DetachAsync();
        return session.HasEnded || trace.Any(line => line.EndsWith("(INJECTED)", StringComparison.Ordinal));
    }

    private void AssertTold(SessionProcess session, bool hit)
    {
        Assert.True(session.Told.Unexpected.Count == 0, Describe(session));
        var killed = Fault.StartsWith("signal", StringComparison.Ordinal);
        var gaveUp = session.Errors.Any(line => line.Contains("Start again once it is sound", StringComparison.Ordinal));
        Assert.True(!session.HasEnded || (hit && (killed || gaveUp)), Describe(session));
        Assert.All(session.Told.Refused, message => Assert.False(string.IsNullOrWhiteSpace(message)));
    }

    private string Describe(SessionProcess session) =>
        $"{this}: {string.Join(Environment.NewLine, [.. session.Told.Refused, .. session.Told.Unexpected, .. session.Errors])}";
}

/// <summary>One process after another: a process serves until it ends.</summary>
internal sealed class SessionPool : IDisposable
{
    private SessionProcess? _session;

    /// <summary>A process at work on no folder, that knows what was told before.</summary>
    public SessionProcess Take(Told before)
    {
        if (_session is { HasEnded: true })
        {
            _session.Dispose();
            _session = null;
        }

        _session ??= new SessionProcess();
        _session.Listen(before);
        return _session;
    }

    public void Dispose() => _session?.Dispose();
}
