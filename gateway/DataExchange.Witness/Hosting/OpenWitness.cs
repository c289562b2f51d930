using System.Diagnostics.Metrics;
using DataExchange.Merkle;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Keys;
using DataExchange.Witness.State;
using DataExchange.Witness.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Hosting;

/// <summary>Opens a witness's folder: lock, state, key, in this order; and holds what was opened until it is disposed.</summary>
internal sealed class OpenWitness : IAsyncDisposable
{
    private readonly IStateStore _store;
    private readonly CheckpointCosigner _cosigner;

    private OpenWitness(IStateStore store, CheckpointCosigner cosigner, WitnessMetrics metrics, Cosigning.Witness witness) =>
        (_store, _cosigner, Metrics, Witness) = (store, cosigner, metrics, witness);

    public Cosigning.Witness Witness { get; }

    public WitnessMetrics Metrics { get; }

    public NoteVerifier Verifier => _cosigner.Verifier;

    /// <param name="settings">The settings.</param>
    /// <param name="open">Opens the store; by default the folder's <see cref="StateFile"/>.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="meters">Of the host.</param>
    /// <param name="loggers">Of the host.</param>
    /// <exception cref="WitnessRefusedException">Key or state cannot be used. The message says what to do.</exception>
    public static OpenWitness Open(WitnessSettings settings, Func<string, IStateStore>? open, TimeProvider clock, IMeterFactory meters, ILoggerFactory loggers)
    {
        IStateStore? store = null;
        CheckpointCosigner? cosigner = null;
        try
        {
            store = open?.Invoke(settings.Folder) ?? new StateFile(settings.Folder);
            var file = store.Read();
            var keyPath = Path.Combine(settings.Folder, "witness.key");
            var isFirstStart = file is null && !File.Exists(keyPath);
            cosigner = OpenKey(settings, keyPath, isFirstStart);
            if (isFirstStart)
            {
                // A crash between the two leaves a key without a state; the next start refuses and says that both may go.
                file = WitnessState.Encode(cosigner.Verifier, WitnessState.Empty);
                store.Replace(file);
                Log.KeyMade(loggers.CreateLogger<OpenWitness>(), keyPath);
            }

            var state = WitnessState.Decode(cosigner.Verifier, file ?? throw new StateDamagedException("it is missing"));
            var metrics = new WitnessMetrics(settings.Name, clock, meters);
            return new OpenWitness(store, cosigner, metrics, new Cosigning.Witness(store, state, cosigner, clock, metrics, loggers.CreateLogger<Cosigning.Witness>()));
        }
        catch (Exception exception)
        {
            cosigner?.Dispose();
            store?.Dispose();
            throw Explain(exception, settings.Folder) ?? exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Witness.DisposeAsync();
        Metrics.Dispose();
        _cosigner.Dispose();
        _store.Dispose();
    }

    private static CheckpointCosigner OpenKey(WitnessSettings settings, string path, bool isFirstStart) => KeyFile.Open(
        path,
        isFirstStart ? null : $"but '{settings.Folder}' holds the state of a witness. Restore the key from its backup; a new key would be another witness.",
        seed => CheckpointCosigner.FromSeed(settings.Name, seed));

    private static WitnessRefusedException? Explain(Exception exception, string folder) => exception switch
    {
        StateDamagedException => new(
            $"The state '{Path.Combine(folder, "witness.state")}' cannot be used, because {exception.Message}. Without it this witness could cosign a second "
            + "history, so it does not start. If this file was moved or belongs to another folder, put the right one back. Do not restore an older copy. "
            + "Otherwise this witness ends here: empty the folder, key included, start under a new Witness:Name, and have the logs exchange the verifier key. "
            + "A witness that never ran before may be started again in an empty folder.",
            exception),
        KeyFileException => new(exception.Message, exception),
        IOException or UnauthorizedAccessException => new($"The folder '{folder}' cannot be used: {exception.Message} Let the service's own user own it and its files.", exception),
        _ => null,
    };
}
