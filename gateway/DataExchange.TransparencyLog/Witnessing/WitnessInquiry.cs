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
    /// <param name="published">The note that was published last, as far as it is known here; null for none.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>Checkpoints that the log has signed, as the witnesses hold them.</returns>
    /// <exception cref="LogRolledBackException">A witness that shows no checkpoint says to hold more than was published, or something else.</exception>
    public async Task<IReadOnlyList<KnownCheckpoint>> AskAsync(NoteVerifier log, SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        var setup = directory.Current;
        var asked = setup.Policy.Witnesses.Where(witness => setup.Addresses.ContainsKey(witness.Name))
            .Select(witness => AskAsync(witness, setup.Addresses[witness.Name], log, published, cancellationToken));
        return [.. (await Task.WhenAll(asked)).OfType<KnownCheckpoint>()];
    }

    private async Task<KnownCheckpoint?> AskAsync(
        PolicyWitness witness, Uri address, NoteVerifier log, SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        var source = $"the witness {witness.Name}";
        if (await client.LatestAsync(address, log, cancellationToken) is { } shown)
        {
            return new KnownCheckpoint(shown, source);
        }

        // A witness need not show anything. Then it is told what it may know already, under a signature that exists already.
        var answer = published is null or { Size: 0 }
            ? new WitnessAnswer.Useless("it shows no checkpoint of this log, and none is known here")
            : await client.AddAsync(witness, address, new AddCheckpointRequest(published.Size, [], published.Note), cancellationToken);
        switch (answer)
        {
            case WitnessAnswer.Conflict(long held) when published is not null && held > published.Size:
                throw LogRolledBackException.Lost(log.Name, published.Size, held, source);

            // It holds as much as it was shown, and does not take it for the same.
            case WitnessAnswer.Conflict(var held) when published is not null && (held ?? published.Size) == published.Size:
                throw LogRolledBackException.Forked(log.Name, published.Size, source);

            case WitnessAnswer.Useless(var reason):
                Log.WitnessNotAsked(logger, log.Name, witness.Name, reason);
                return null;

            default:
                return null;
        }
    }
}
