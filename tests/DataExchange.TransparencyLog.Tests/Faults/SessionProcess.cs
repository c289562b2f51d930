using System.Diagnostics;
using System.Globalization;
using System.Text;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>A <see cref="FaultySession"/>, started; what it has told so far.</summary>
internal sealed class SessionProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    public SessionProcess()
    {
        var start = TestProgram.Start(FaultySession.Command);
        (start.RedirectStandardInput, start.RedirectStandardError) = (true, true);

        // Compiling twice costs more than it brings in a process that lives for seconds.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public Told Told { get; private set; } = new(null);

    public System.Collections.Concurrent.ConcurrentQueue<string> Errors { get; } = new();

    public bool HasEnded { get; private set; }

    /// <summary>Begins to listen anew, knowing what was told before.</summary>
    public void Listen(Told before) => Told = new Told(before);

    /// <summary>Runs a command to its end; false when the process ended instead.</summary>
    public async Task<bool> DoAsync(string command)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) is { } line)
            {
                if (line == "done")
                {
                    return true;
                }

                Told.Add(line);
            }
        }
        catch (IOException)
        {
            // It ended before it could be told.
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        HasEnded = true;
        return false;
    }

    public void Kill()
    {
        _process.Kill(); // Of one that has ended, nothing.
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}

/// <summary>What a session said: acknowledgements, notes it signed, refusals, and what should not have happened.</summary>
internal sealed class Told(Told? before)
{
    public List<(string Log, long Index, string Text)> Acknowledged { get; } = [.. before?.Acknowledged ?? []];

    public List<(string Log, string Note)> Signed { get; } = [.. before?.Signed ?? []];

    public List<string> Refused { get; } = [];

    public List<string> Unexpected { get; } = [];

    public void Add(string line)
    {
        switch (line.Split(' '))
        {
            case ["ack", var log, var index, var text, var note]:
                Acknowledged.Add((log, long.Parse(index, CultureInfo.InvariantCulture), text));
                Signed.Add((log, Decode(note)));
                break;
            case ["signed", var log, var note]:
                Signed.Add((log, Decode(note)));
                break;
            case ["refused", var message]:
                Refused.Add(Decode(message));
                break;
            case ["unexpected", var message]:
                Unexpected.Add(Decode(message));
                break;
        }
    }

    /// <summary>The folder holds everything acknowledged, and what is signed now extends everything signed before.</summary>
    public async Task AssertHeldAsync(TestRegion region)
    {
        foreach (var log in new[] { region.Access, region.Governance })
        {
            await LogAudit.HoldsAsync(log, Acknowledged.Where(told => told.Log == log.Name).Select(told => (told.Index, told.Text)));
            await LogAudit.SoundAsync(log, Signed.Where(told => told.Log == log.Name).Select(told => told.Note).Distinct().Select(note =>
            {
                Assert.True(Checkpoint.TryOpen(note, log.Verifier, out var checkpoint), $"Not signed by {log.Verifier}: {note}");
                return new SignedCheckpoint(checkpoint, note);
            }));
            foreach (var (_, index, text) in Acknowledged.Where(told => told.Log == log.Name))
            {
                Assert.Equal([index], await log.FindAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken));
            }
        }
    }

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
