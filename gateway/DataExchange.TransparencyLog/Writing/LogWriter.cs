using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Writing;

/// <summary>
/// The one thread that appends to a log. It takes everything that waits, commits it as one batch, signs the new checkpoint once the
/// commit is confirmed, and only then completes the waiters. No timers: while one batch is being made durable the next one gathers.
/// </summary>
/// <remarks>
/// Any failure ends trust in what this process believes of the store: every waiter is refused, and nothing is taken or signed until
/// <see cref="LogVerification"/> has passed again.
/// </remarks>
internal sealed class LogWriter(
    ILogStore store,
    LogVerification verification,
    LogFreeze freeze,
    NoteSigner signer,
    AppendQueue queue,
    TransparencyLogOptions options,
    TimeProvider clock,
    LogMetrics metrics,
    ILogger logger) : IDisposable
{
    private readonly BatchDraft _draft = new();
    private readonly List<PendingAppend> _taken = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LogHead _head = LogHead.Empty;
    private SignedCheckpoint? _latest;
    private (long FirstIndex, BatchId Id)? _inFlight;
    private int _failures;
    private int _untilReadBack = options.ReadBackEvery;

    /// <summary>Raised after <see cref="Latest"/> has grown, on the writer's thread.</summary>
    public Action? Advanced { get; set; }

    /// <summary>The newest signed checkpoint.</summary>
    public SignedCheckpoint Latest => Volatile.Read(ref _latest) ?? throw new InvalidOperationException("The log has not been opened.");

    /// <summary>Signs the head, which must have been verified, and takes appends.</summary>
    public void Start(LogHead verified)
    {
        Sign(verified);
        queue.Accept();
        new Thread(Run) { Name = $"log {signer.Name}", IsBackground = true }.Start();
    }

    /// <summary>Commits what waits, refuses what comes, and ends the thread. A log in recovery gives up.</summary>
    public Task StopAsync()
    {
        queue.Close();
        _stopping.Cancel();
        return _stopped.Task;
    }

    public void Dispose() => _stopping.Dispose();

    private void Run()
    {
        while (true)
        {
            try
            {
                if (!queue.Take(_taken, options.MaxBatchEntries, options.MaxBatchBytes))
                {
                    break;
                }

                Commit();
                _taken.Clear();
            }
            catch (Exception exception)
            {
                if (!Recover(exception))
                {
                    break;
                }
            }
        }

        _stopped.SetResult();
    }

    private void Commit()
    {
        var began = clock.GetTimestamp();
        CommittedBatch? batch = null;
        var transaction = Blocking.Wait(store.BeginAsync(CancellationToken.None));
        try
        {
            Adopt(transaction.Head);
            _draft.Fill(_taken, _head.Size, transaction.PinnedSize, store.IsPinned);
            if (_draft.LeafHashes.Count > 0)
            {
                batch = Commit(transaction);
            }
        }
        finally
        {
            Blocking.Wait(transaction.DisposeAsync());
        }

        if (batch is not null)
        {
            metrics.Committed(began, _draft.LeafHashes.Count);
            _failures = 0;
            Advanced?.Invoke();
        }

        BatchCompletion.Start(_taken, batch, metrics);
    }

    private CommittedBatch Commit(ILogTransaction transaction)
    {
        var extension = _head.Range.Extend(_draft.LeafHashes);
        var time = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), _head.Time);
        var row = _draft.ToBatch(BatchId.New(), extension, time);
        var next = new LogHead(extension.After, time);

        // A crash, or an error, from here to the return leaves the batch stored or not, and nothing signed for it. Recovery looks.
        _inFlight = (row.FirstIndex, row.Id);
        Blocking.Wait(transaction.CommitAsync(row, next, _draft.Changes, CancellationToken.None));

        // Durable. A crash before the signature leaves entries that nobody was promised; the next start signs over them.
        ReadBack(row, next);
        _inFlight = null;
        Sign(next);
        return new CommittedBatch(extension, Latest);
    }

    // What is about to be signed is what a reader gets, not what was meant to be written. A row that differs stays unsigned and its callers
    // are refused; recovery finds it again and does not accept it, for the tail of the log is then damaged in the store itself.
    private void ReadBack(LogBatch row, LogHead next)
    {
        if (--_untilReadBack > 0)
        {
            return;
        }

        _untilReadBack = options.ReadBackEvery;
        var stored = Blocking.Wait(store.ReadAsync(row.FirstIndex, row.Count, BatchParts.Leaves, CancellationToken.None));
        if (stored is not [var batch] || batch.Id != row.Id || BatchReader.Extend(_head.Range, batch, next.Size).Range.Root() != next.Range.Root())
        {
            throw new LogCorruptException(
                $"The entries {row.FirstIndex} to {next.Size - 1} of the log {signer.Name} read back otherwise than they were written, so they are not signed.");
        }
    }

    private void Sign(LogHead head)
    {
        freeze.ThrowIfSet();
        _head = head;
        Volatile.Write(ref _latest, SignedCheckpoint.Sign(signer, head.Range));
    }

    // Where several processes append, the head may be another's work. It is signed over only after its batches have been read and
    // hashed onto what was signed here.
    private void Adopt(LogHead stored)
    {
        if (!stored.IsSameTree(_head))
        {
            _head = Blocking.Wait(verification.ExtendAsync(_head, stored, CancellationToken.None));
        }
    }

    private bool Recover(Exception cause)
    {
        Refuse(cause);
        Log.Poisoned(logger, signer.Name, cause);
        while (Pause())
        {
            try
            {
                Verify();
                return true;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                Refuse(exception);
                Log.RecoveryFailed(logger, signer.Name, _failures, exception);
            }
        }

        return false;
    }

    private void Verify()
    {
        freeze.ThrowIfSet();
        Blocking.Wait(store.ReopenAsync(_stopping.Token));
        if (_inFlight is var (firstIndex, id) && Blocking.Wait(store.ContainsAsync(firstIndex, id, _stopping.Token)))
        {
            // Its waiters were refused, so nothing was released on its strength; its entries stay, and are signed over below.
            Log.FailedCommitPersisted(logger, signer.Name, firstIndex);
        }

        var (tree, head) = Blocking.Wait(verification.RunAsync(new KnownCheckpoint(Latest.Checkpoint, "this process"), buffer: null, _stopping.Token));
        _inFlight = null;
        Sign(head with { Range = tree.Range });
        Advanced?.Invoke();
        queue.Accept();
        Log.Recovered(logger, signer.Name, head.Size);
    }

    /// <summary>Waits before the next attempt, longer each time until a commit succeeds. False when the log is stopping.</summary>
    private bool Pause()
    {
        var delay = options.RecoveryDelay * Math.Pow(2, Math.Min(_failures++, 16));
        try
        {
            Task.Delay(delay < options.MaxRecoveryDelay ? delay : options.MaxRecoveryDelay, clock, _stopping.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Refuse(Exception cause)
    {
        var reason = $"The log {signer.Name} cannot commit: {cause.Message}";
        queue.Refuse(reason, cause, _taken);
        foreach (var append in _taken)
        {
            append.Fail(new LogUnavailableException(reason, cause));
        }

        metrics.Refused(_taken.Count);
        _taken.Clear();
    }
}
