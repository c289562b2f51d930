using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>Knows who witnesses the region's logs. The policy stands in the governance log, whose entries mean nothing in this library.</summary>
public interface IWitnessDirectory
{
    /// <summary>
    /// Called once, with the keys of all logs, before any of them is verified or signs: afterwards <see cref="Current"/> holds what the
    /// stored governance log says, so that the witnesses can be asked first.
    /// </summary>
    ValueTask OpenAsync(IReadOnlyList<NoteVerifier> logs, CancellationToken cancellationToken);

    /// <summary>The setup in force. May be another at each call.</summary>
    WitnessSetup Current { get; }
}

/// <summary>A region without witnesses.</summary>
internal sealed class NoWitnesses : IWitnessDirectory
{
    public WitnessSetup Current => WitnessSetup.None;

    public ValueTask OpenAsync(IReadOnlyList<NoteVerifier> logs, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
