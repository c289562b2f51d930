using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>
/// How far a log was read at one place: that the first so many entries were read there, that they make this root, and that their tiles
/// were right. A checkpoint says nothing of that: it may have been verified at another place, or without its older entries. Trusted like
/// the remembered checkpoint, and no further: whoever goes on from it proves the root to be that of the log's beginning by building the
/// signed root out of it. A file that is stale, damaged or of another log costs the time it would have saved.
/// </summary>
internal sealed class VerifyProgress
{
    private readonly StateFolder _folder;
    private readonly NoteVerifier _key;
    private readonly string _file;

    private VerifyProgress(StateFolder folder, NoteVerifier key, string location, string extension) =>
        (_folder, _key, _file) = (folder, key, folder.FileOf($"{key.Name} {LogSource.Identify(location)}", extension));

    /// <summary>Of a verification that is under way, or was interrupted.</summary>
    public static VerifyProgress OfRun(StateFolder folder, NoteVerifier key, string location) => new(folder, key, location, ".progress");

    /// <summary>Of all runs that found nothing wrong.</summary>
    public static VerifyProgress OfEntries(StateFolder folder, NoteVerifier key, string location) => new(folder, key, location, ".read");

    public Task SaveAsync(long entries, MerkleHash root, CancellationToken cancellationToken) => _folder.WriteAsync(
        _file,
        JsonSerializer.Serialize(new SavedProgress(_key.ToString(), entries, root.ToString()), CliJsonContext.Default.SavedProgress),
        cancellationToken);

    public void Forget() => StateFolder.Delete(_file);

    /// <summary>How many entries were read; 0 when nothing is known.</summary>
    public async Task<long> EntriesAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.Entries ?? 0;

    /// <summary>The full bundles that were verified, as the log's own tiles hold them; null when there is nothing to go on from.</summary>
    public async Task<UpperTree?> LoadAsync(ITileSource tiles, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is not { } saved || saved.Entries > checkpoint.Size)
        {
            return null;
        }

        var tree = await UpperTree.TryLoadAsync(tiles, saved.Entries / TileId.FullWidth, cancellationToken);
        return tree?.RootAt([]).ToString() == saved.Root ? tree : null;
    }

    private async Task<SavedProgress?> ReadAsync(CancellationToken cancellationToken) =>
        await StateFolder.ReadAsync(_file, cancellationToken) is { } json && Parse(json) is { Entries: > 0 } saved
        && saved.Vkey == _key.ToString() && saved.Entries % TileId.FullWidth == 0 ? saved : null;

    private static SavedProgress? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CliJsonContext.Default.SavedProgress);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What stands in the file.</summary>
/// <param name="Vkey">The key that the run trusted.</param>
/// <param name="Entries">A multiple of 256.</param>
/// <param name="Root">The root over them, base64.</param>
internal sealed record SavedProgress(string Vkey, long Entries, string Root);
