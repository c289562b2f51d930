using System.Security.Cryptography;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Erasures;

/// <summary>
/// Erases people (P-BLIND): afterwards every leaf and proof is what it was, and nobody can open the sealed records or say whom a tag is
/// about, with whatever copy of the vault, unless they kept the master key it is under. Three steps, each durable before the next: the
/// vault remembers the order; the governance log accounts for it, and consents end; the vault destroys the rows. What a crash or a fault
/// leaves of them is finished by the next start or the next order, whichever comes first.
/// </summary>
/// <remarks>
/// An exchange that was under way ends under the key it began with, and its entries can be read by nobody. Whoever is asked about
/// again later is somebody new to the gateway.
/// </remarks>
public sealed partial class SubjectErasure(SubjectVault vault, GovernanceLedger ledger, ILogger<SubjectErasure> logger) : IDisposable
{
    /// <summary>One at a time: the order of two would be finished by either, and counted by both.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private volatile bool _hasFailed;

    /// <summary>Whether the last attempt failed: then <see cref="CountAsync"/> says how many orders wait for the next.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>How many orders are not carried out yet, those under way included.</summary>
    /// <exception cref="SubjectVaultException">The vault does not answer.</exception>
    public async ValueTask<int> CountAsync(CancellationToken cancellationToken) => (await vault.OrderedAsync(cancellationToken)).Count;

    /// <summary>Erases everyone of these whom the vault knows; many together cost what one does.</summary>
    /// <exception cref="SubjectVaultException">The vault does not answer, or a row of it does not open. What was ordered is carried out later.</exception>
    /// <exception cref="LogUnavailableException">The log cannot be read or cannot commit. What was ordered is carried out later.</exception>
    public Task<ErasureOutcome> EraseAsync(IEnumerable<SubjectRef> subjects, ErasureBasis basis, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return TakeTurnAsync(
            async () =>
            {
                // Whoever asks again after a failure finds that done first, and does not order the same people twice.
                await FinishAsync(CancellationToken.None);
                return await OrderAsync(subjects, basis, client, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Finishes what was ordered before a crash or a fault; nothing to do otherwise. The rules have to be founded.</summary>
    /// <inheritdoc cref="EraseAsync" path="/exception"/>
    public Task CompleteAsync(CancellationToken cancellationToken) => TakeTurnAsync(
        async () =>
        {
            await FinishAsync(cancellationToken);
            return 0;
        },
        cancellationToken);

    /// <summary>
    /// <see cref="CompleteAsync"/> at a start. A failure is told (event 3204, the health check) and goes no further: it would keep
    /// everybody else from being served, and the orders wait in the vault.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CompleteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is SubjectVaultException or LogUnavailableException)
        {
            // Told already.
        }
    }

    /// <summary>Lets whoever has the turn finish.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _turn.Dispose();
    }

    private async Task<ErasureOutcome> OrderAsync(IEnumerable<SubjectRef> subjects, ErasureBasis basis, string client, CancellationToken cancellationToken)
    {
        var handles = new HashSet<SubjectHandle>();
        foreach (var subject in subjects)
        {
            if (await vault.FindAsync(subject, cancellationToken) is { } known)
            {
                handles.Add(known.Handle);
            }
        }

        if (handles.Count == 0)
        {
            return default;
        }

        await vault.CheckAsync(handles, cancellationToken);
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await vault.RememberAsync(
            new OrderedErasure(id, basis.ToString(), client, [.. handles.Select(handle => new ReadOnlyMemory<byte>(Convert.FromHexString(handle.Value)))]),
            cancellationToken);

        // Ordered for good: whether or not the caller stays to hear of it.
        await FinishAsync(CancellationToken.None);
        return new ErasureOutcome(id, handles.Count);
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        var ordered = await vault.OrderedAsync(cancellationToken);
        foreach (var erasure in ordered)
        {
            var handles = erasure.Handles.Select(handle => new SubjectHandle(Convert.ToHexStringLower(handle.Span))).ToList();
            await ledger.OrderErasureAsync(
                new ErasureOrdered(erasure.Id, handles.Count, Enum.Parse<ErasureBasis>(erasure.Basis), erasure.Client), handles, cancellationToken);
        }

        if (ordered.Count > 0)
        {
            await vault.DestroyAsync([.. ordered.Select(erasure => erasure.Id)]);
        }
    }

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var done = await work();
            _hasFailed = false;
            return done;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _hasFailed = true;
            Log.Failed(logger, exception);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static partial class Log
    {
        // The vault's message names a handle at most, which is nobody's name.
        [LoggerMessage(3204, LogLevel.Error, "An erasure could not be carried out. What was ordered waits: the next order and the next start try again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
