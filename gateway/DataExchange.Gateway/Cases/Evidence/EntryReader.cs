using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Cases.Evidence;

/// <summary>Reads entries of one log as receipts, with the openings of those that are about one person.</summary>
internal sealed class EntryReader(ITransparencyLog log, Subject subject)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="LogUnavailableException">The entry is not published in time, or does not open.</exception>
    public async Task<Receipt> ReadAsync(long index, CancellationToken cancellationToken)
    {
        var entry = await log.ReadAsync(index, 1, cancellationToken).SingleAsync(cancellationToken);
        if (!Leaf.TryDecode(entry.Leaf, out var leaf))
        {
            throw new LogUnavailableException($"Entry {index} of the log {log.Origin} is not a leaf.");
        }

        return new Receipt
        {
            Log = log.Origin,
            Index = index,
            Leaf = Convert.ToBase64String(entry.Leaf.Span),
            Opening = leaf.IsOpen ? null : Open(entry),
            Proof = await ProveAsync(index, cancellationToken),
        };
    }

    private Opening Open(StoredEntry entry) => RecordSealer.TryOpen(subject, entry, out var opened)
        ? new Opening(Convert.ToBase64String(opened.OpeningKey.Span), JsonElement.Parse(opened.Record.Span))
        : throw new LogUnavailableException($"Entry {entry.Index} of the log {log.Origin} does not open with its subject's key.");

    private async Task<string> ProveAsync(long index, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await log.WaitPublishedAsync(index + 1, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LogUnavailableException($"The log {log.Origin} has not published entry {index} yet.");
        }

        var proof = await log.ProveAsync(index, cancellationToken) ?? throw new LogUnavailableException($"The log {log.Origin} has no proof of entry {index}.");
        return proof.ToText();
    }
}
