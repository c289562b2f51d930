using DataExchange.Merkle;
using DataExchange.TransparencyLog.Hosting;
using DataExchange.TransparencyLog.Keys;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>
/// Carries out an order to retire logs, before any key is opened. Everything is checked first; then keys, one transaction, and the
/// clearing up, each of which may be done twice. A crash before the commit leaves the old logs and at most a key that has signed nothing;
/// one after it leaves the order, which the transaction has marked as done, and the next start clears up.
/// </summary>
internal sealed class Adopter(LogSurroundings with, IAdoptionLeaf? leaf)
{
    private readonly IAdoptionStore _adoptions = with.Storage.Adoptions;

    /// <exception cref="AdoptionRefusedException">The order does not fit what is stored. Nothing was changed.</exception>
    /// <exception cref="LogCorruptException">What is stored does not fit together. Nothing was changed.</exception>
    /// <exception cref="KeyFileException">A new key cannot be made. Nothing was changed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await _adoptions.ReadOrderAsync(cancellationToken) is not { } text)
        {
            return;
        }

        var order = AdoptionOrder.Parse(text);
        var retired = await _adoptions.ReadRetiredAsync(cancellationToken);
        if (!retired.Any(log => log.Order == order.Id))
        {
            await CarryOutAsync(order, retired, cancellationToken);
        }

        foreach (var log in order.Logs)
        {
            await _adoptions.ClearDerivedAsync(log.Log, cancellationToken);
        }

        await _adoptions.RemoveOrderAsync(cancellationToken);
    }

    private async Task CarryOutAsync(AdoptionOrder order, IReadOnlyList<RetiredLog> retired, CancellationToken cancellationToken)
    {
        var opened = new List<ILogStore>();
        try
        {
            var successions = new List<LogSuccession>();
            foreach (var log in order.Logs)
            {
                var store = with.Storage.OpenLog(log.Log);
                opened.Add(store);
                successions.Add(await SucceedAsync(store, order, log, LogGeneration.Current(log.Log, retired), cancellationToken));
            }

            // After every check and before the commit: a generation without a key could not be opened.
            foreach (var succession in successions)
            {
                var next = new LogGeneration(succession.Log, succession.Generation).Next;
                KeyFile.Open(Path.Combine(with.Options.KeyFolder, next.KeyFile), next.Origin(with.Options.Region), mayCreate: true).Dispose();
            }

            await _adoptions.AdoptAsync(order.Id, successions, cancellationToken);
            foreach (var succession in successions)
            {
                var next = new LogGeneration(succession.Log, succession.Generation).Next;
                Log.Adopted(with.Logger, succession.Origin, succession.Retired.Size, next.Origin(with.Options.Region));
            }
        }
        finally
        {
            foreach (var store in opened)
            {
                await store.DisposeAsync();
            }
        }
    }

    private async Task<LogSuccession> SucceedAsync(
        ILogStore store, AdoptionOrder order, OrderedLog log, LogGeneration generation, CancellationToken cancellationToken)
    {
        if (generation.Origin(with.Options.Region) is var origin && log.Origin != origin)
        {
            throw AdoptionRefusedException.Because($"it retires {log.Origin}, and the log here is {origin}.");
        }

        var key = await VerifierAsync(log, cancellationToken);
        var known = log.Known.Select(note => Checkpoint.TryOpen(note, key, out var checkpoint)
            ? checkpoint
            : throw AdoptionRefusedException.Because($"a checkpoint that it shows is not signed by the key of {origin}.")).ToArray();
        var published = await PublishedAsync(log.Log, key, cancellationToken);
        var stored = await StoredLog.ReadAsync(store, [.. known.Select(one => one.Size), published?.Size ?? 0], cancellationToken);
        ThrowUnlessExpected(log, stored, known, mayBeSound: log.Log == LogNames.Access && order.Logs.Count > 1);

        var time = Math.Max(with.Clock.GetUtcNow().ToUnixTimeMilliseconds(), stored.Head.Time);
        var first = FirstLeaf(
            new AdoptedLog
            {
                Origin = origin,
                VerifierKey = log.Vkey,
                Stored = stored.Head,
                Known = log.Known,
                Carried = store.IsPinned ? stored.Head.Size : 0,
                Reason = order.Reason,
                Order = order.Id,
            },
            time);
        return new LogSuccession
        {
            Log = log.Log,
            Generation = generation.Number,
            Origin = origin,
            VerifierKey = log.Vkey,
            Retired = stored.Head,
            Note = published is not null && !stored.Contradicts(published.Checkpoint) ? published.Note : null,
            IsCarried = store.IsPinned,
            Batches = Successor.BatchesAsync(store, stored.Head, first, store.IsPinned, time, cancellationToken),
        };
    }

    private ReadOnlyMemory<byte> FirstLeaf(AdoptedLog adopted, long time)
    {
        try
        {
            return (leaf ?? throw AdoptionRefusedException.Because("this program has nothing to write the first leaf with.")).Write(adopted, time);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw AdoptionRefusedException.Because($"what it says about {adopted.Origin} does not fit into a leaf: {exception.Message}", exception);
        }
    }

    private async ValueTask<NoteVerifier> VerifierAsync(OrderedLog log, CancellationToken cancellationToken) =>
        await _adoptions.ReadKeyAsync(log.Log, cancellationToken) == log.Vkey && NoteVerifier.TryParse(log.Vkey, out var verifier) && verifier.Name == log.Origin
            ? verifier
            : throw AdoptionRefusedException.Because($"the key it names for {log.Origin} is not the one that the log is signed by.");

    private async ValueTask<SignedCheckpoint?> PublishedAsync(string log, NoteVerifier key, CancellationToken cancellationToken)
    {
        await using var tiles = with.Storage.OpenTiles(log);
        var note = (await tiles.ReadPositionAsync(cancellationToken)).Note;
        return Checkpoint.TryOpen(note, key, out var checkpoint) ? new SignedCheckpoint(checkpoint, note!) : null;
    }

    private static void ThrowUnlessExpected(OrderedLog log, StoredLog stored, Checkpoint[] known, bool mayBeSound)
    {
        if (stored.Head.Size != log.Size || stored.Head.Range.Root().ToString() != log.Root)
        {
            throw AdoptionRefusedException.Because($"{log.Origin} ends at {stored.Head.Size} entries, and the order is about another {log.Size}.");
        }

        // A log that nobody contradicts has no reason to end.
        if (known.FirstOrDefault(checkpoint => !stored.Contradicts(checkpoint)) is { } agrees)
        {
            throw AdoptionRefusedException.Because($"the checkpoint at {agrees.Size} entries that it shows is one of what {log.Origin} holds: nothing is lost.");
        }

        if (known.Length == 0 && !mayBeSound)
        {
            throw AdoptionRefusedException.Because($"it shows no checkpoint of {log.Origin} that is not of what is stored.");
        }
    }
}
