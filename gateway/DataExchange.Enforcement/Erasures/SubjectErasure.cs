using System.Security.Cryptography;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;

namespace DataExchange.Enforcement.Erasures;

/// <summary>
/// Erases people (P-BLIND): afterwards every leaf and proof is what it was, and nobody can open the sealed records or say whom a tag is
/// about, with whatever copy of the vault. Three steps, each durable before the next: the vault remembers the order; the governance log
/// accounts for it, and consents end; the vault destroys the rows. Whatever a crash leaves is finished by <see cref="CompleteAsync"/>.
/// </summary>
/// <remarks>
/// An exchange that was under way ends under the key it began with, and its entries can be read by nobody. Whoever is asked about
/// again later is somebody new to the gateway.
/// </remarks>
public sealed class SubjectErasure(SubjectVault vault, GovernanceLedger ledger) : IDisposable
{
    /// <summary>One at a time: the order of two would be finished by either, and counted by both.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Erases everyone of these whom the vault knows; many together cost what one does.</summary>
    /// <exception cref="SubjectVaultException">The vault does not answer. What was ordered may be carried out later.</exception>
    /// <exception cref="TransparencyLog.LogUnavailableException">The log cannot commit. What was ordered is carried out later.</exception>
    public async Task<ErasureOutcome> EraseAsync(IEnumerable<SubjectRef> subjects, ErasureBasis basis, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        await _turn.WaitAsync(cancellationToken);
        try
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

            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            await vault.RememberAsync(
                new OrderedErasure(id, basis.ToString(), client, [.. handles.Select(handle => new ReadOnlyMemory<byte>(Convert.FromHexString(handle.Value)))]),
                cancellationToken);

            // Ordered for good: whether or not the caller stays to hear of it.
            await FinishAsync(CancellationToken.None);
            return new ErasureOutcome(id, handles.Count);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Finishes what was ordered before a crash or a fault; nothing to do otherwise. The rules have to be founded.</summary>
    /// <inheritdoc cref="EraseAsync" path="/exception"/>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await FinishAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

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
}
