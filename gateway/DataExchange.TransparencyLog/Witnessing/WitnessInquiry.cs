using DataExchange.Merkle;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>
/// Asks every witness what it remembers of a log, before the log signs for the first time after a start. A witness that does not answer
/// keeps nobody from starting: what it holds comes out with the first submission, and stops the log then.
/// </summary>
internal sealed class WitnessInquiry(IWitnessDirectory directory, WitnessClient client, ILogger logger)
{
    /// <param name="log">The log's key.</param>
    /// <param name="size">Entries that are stored.</param>
    /// <param name="published">The note that was published last, as far as it is known here; null for none. It may be older than what a witness holds.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>Checkpoints that the log has signed, as the witnesses show them.</returns>
    /// <exception cref="LogRolledBackException">A witness says to hold more than is stored, or something else than was published.</exception>
    public async Task<IReadOnlyList<KnownCheckpoint>> AskAsync(NoteVerifier log, long size, SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        var setup = directory.Current;
        var asked = setup.Policy.Witnesses.Where(witness => setup.Addresses.ContainsKey(witness.Name))
            .Select(witness => AskAsync(witness, setup.Addresses[witness.Name], log, size, published, cancellationToken));
        return [.. (await Task.WhenAll(asked)).OfType<KnownCheckpoint>()];
    }

    private async Task<KnownCheckpoint?> AskAsync(
        PolicyWitness witness, Uri address, NoteVerifier log, long size, SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        // Both at once. What a witness shows may come out of a cache, and it need not show anything; so it is also told what it may know
        // already, under a signature that exists already.
        var source = $"the witness {witness.Name}";
        var showing = client.LatestAsync(address, log, cancellationToken);
        var answer = published is null or { Size: 0 }
            ? new WitnessAnswer.Useless("none of its checkpoints is known here that it could be asked about")
            : await client.AddAsync(witness, address, new AddCheckpointRequest(published.Size, [], published.Note), cancellationToken);
        var shown = await showing;
        switch (answer)
        {
            case WitnessAnswer.Conflict(long held) when held > size:
                throw LogRolledBackException.Lost(log.Name, size, held, source);

            // It holds as much as it was told, and does not take it for the same.
            case WitnessAnswer.Conflict(long held) when held == published?.Size:
                throw LogRolledBackException.Forked(log.Name, held, source);

            case WitnessAnswer.Useless(var reason) when shown is null:
                Log.WitnessNotAsked(logger, log.Name, witness.Name, reason);
                break;
        }

        return shown is null ? null : new KnownCheckpoint(shown.Checkpoint, source);
    }
}
