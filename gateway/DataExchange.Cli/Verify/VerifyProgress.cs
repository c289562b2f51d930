using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>
/// How far an interrupted verification got: that the first so many entries were read, that they make this root, and that their tiles
/// were right. Trusted like the remembered checkpoint, and no further: whoever goes on from it proves the root to be that of the log's
/// beginning by building the signed root out of it. A file that is stale, damaged or of another log costs the time it would have saved.
/// </summary>
internal sealed class VerifyProgress(StateFolder folder, NoteVerifier key)
{
    private readonly string _file = folder.FileOf(key.Name, ".progress");

    public Task SaveAsync(long entries, MerkleHash root, CancellationToken cancellationToken) => folder.WriteAsync(
        _file,
        JsonSerializer.Serialize(new SavedProgress(key.ToString(), entries, root.ToString()), CliJsonContext.Default.SavedProgress),
        cancellationToken);

    public void Forget() => StateFolder.Delete(_file);

    /// <summary>The full bundles that were verified, as the log's own tiles hold them; null when there is nothing to go on from.</summary>
    public async Task<UpperTree?> LoadAsync(ITileSource tiles, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (await StateFolder.ReadAsync(_file, cancellationToken) is not { } json || Parse(json) is not { } saved
            || saved.Vkey != key.ToString() || saved.Entries <= 0 || saved.Entries > checkpoint.Size || saved.Entries % TileId.FullWidth != 0)
        {
            return null;
        }

        var tree = await UpperTree.TryLoadAsync(tiles, saved.Entries / TileId.FullWidth, cancellationToken);
        return tree?.RootAt([]).ToString() == saved.Root ? tree : null;
    }

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
