using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Verify;
using DataExchange.Cli.Witnesses;
using DataExchange.Merkle;

namespace DataExchange.Cli.Follow;

/// <summary>Follows one log until something is wrong, or the user has seen enough.</summary>
internal sealed class Follower(DxConsole console, LogResources log, string location, NoteVerifier key, StateFolder state)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    private readonly RememberedCheckpoints _memory = new(state);
    private readonly VerifyProgress _read = VerifyProgress.OfEntries(state, key, location);
    private bool _isWaiting; // For the quorum, and has said so.
    private Checkpoint? _seen;
    private long? _next; // The next entry to print; null before the first look.

    public long? From { get; init; }

    public long? Until { get; init; }

    public required TimeSpan Interval { get; init; }

    public TimeSpan? MaxAge { get; init; }

    public TlogPolicy? Policy { get; init; }

    public required EntryPrinter Printer { get; init; }

    /// <exception cref="FindingException">The log is not what it was, or stands still.</exception>
    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        PolicyOption.RequireLog(Policy, key);
        _seen = await _memory.LoadAsync(key, cancellationToken);
        var grew = console.Clock.GetTimestamp();
        var retry = FirstRetry;
        try
        {
            while (true)
            {
                var wait = Interval;
                try
                {
                    if (await LookAsync(cancellationToken))
                    {
                        grew = console.Clock.GetTimestamp();
                    }

                    retry = FirstRetry;
                }
                catch (FindingException finding) when (finding.Code == FindingCode.SourceUnreadable)
                {
                    (wait, retry) = (retry, retry * 2 < LastRetry ? retry * 2 : LastRetry);
                    await console.Error.WriteLineAsync($"{finding.Message} Trying again in {wait.TotalSeconds:N0} s.");
                }

                if (_next >= Until)
                {
                    return Report();
                }

                ThrowIfStale(console.Clock.GetElapsedTime(grew));
                await Task.Delay(wait, console.Clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Report();
        }
    }

    /// <summary>Reads the newest checkpoint; when it is new, verifies what it adds, prints it, and returns true.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var head = await LogHead.ReadAsync(log, location, key, cancellationToken);
        return await _memory.KeepingEvidenceAsync(head, async () =>
        {
            History.CheckHeads(_seen, head.Checkpoint);
            if (_next is not null && head.Checkpoint.Size == _seen?.Size)
            {
                return false;
            }

            if (Policy?.IsMetBy(head.Note) == false)
            {
                await SayWaitingAsync(head.Checkpoint);
                return false;
            }

            _isWaiting = false;
            var first = Math.Min(_next ?? From ?? _seen?.Size ?? head.Checkpoint.Size, head.Checkpoint.Size);
            try
            {
                await TakeAsync(head, first, cancellationToken);
            }
            catch (FindingException finding) when (finding.Code is FindingCode.EntriesMissing or FindingCode.TileMissing)
            {
                // A log may drop a partial tile when it has grown past it; then it shows a newer checkpoint by now.
                var now = await LogHead.ReadAsync(log, location, key, cancellationToken);
                if (now.Checkpoint.Size > head.Checkpoint.Size)
                {
                    return false;
                }

                throw;
            }

            await _memory.SaveAsync(key, head, cancellationToken);
            (_seen, _next) = (head.Checkpoint, head.Checkpoint.Size);
            return true;
        });
    }

    private async Task TakeAsync(LogHead head, long first, CancellationToken cancellationToken)
    {
        var checkpoint = head.Checkpoint;
        var tree = await UpperTree.TryLoadAsync(new PublishedTiles(log, checkpoint.Size), first / TileId.FullWidth, cancellationToken)
            ?? throw FindingException.DoesNotVerify(FindingCode.TileMissing, $"Tiles under the {checkpoint.Size} entries that {checkpoint.Origin} signed are missing.");
        var read = new BundleDigests();
        using var progress = new ProgressBar(console with { IsTerminal = false }, "entries");
        var rebuild = new LogRebuild(log, checkpoint, _seen, tree) { Sink = read };
        await rebuild.RunAsync(progress, cancellationToken);

        // Where it began beyond what was read here before, the entries between were not read, and a later run has to read them.
        if (rebuild.Verified is { Entries: > 0 } verified && await _read.EntriesAsync(cancellationToken) is var known
            && known >= first / TileId.FullWidth * TileId.FullWidth && verified.Entries > known)
        {
            await _read.SaveAsync(verified.Entries, verified.Root, cancellationToken);
        }

        await Printer.PrintAsync(log, first, checkpoint.Size, read, cancellationToken);
    }

    private async Task SayWaitingAsync(Checkpoint checkpoint)
    {
        if (!_isWaiting)
        {
            _isWaiting = true;
            await console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"The checkpoint of {checkpoint.Size:N0} entries lacks the quorum '{Policy?.Quorum}'. Waiting for its cosignatures."));
        }
    }

    private void ThrowIfStale(TimeSpan age)
    {
        if (age > MaxAge)
        {
            throw new FindingException(
                ExitCode.StandsStill,
                FindingCode.Stale,
                string.Create(CultureInfo.InvariantCulture, $"{key.Name} has shown nothing new for {age.TotalSeconds:N0} s; it is at {_seen?.Size ?? 0:N0} entries."));
        }
    }

    private FollowReport Report() => new(key.Name, _seen?.Size ?? 0, Printer.Printed);
}
