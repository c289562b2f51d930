using System.Text;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Export;

/// <summary>The folder that a log is exported to. What its checkpoint covers stays whole at every moment.</summary>
internal sealed class TargetFolder(string folder) : IRebuildSink, IDisposable
{
    private const string Temporary = ".tmp";
    private const int TileBits = 8;
    private const int Levels = 8; // Of tiles in a tree of less than 2^63 leaves.

    private readonly FolderClaim _claim = FolderClaim.Take(folder);
    private long _files;

    public long FilesWritten => _files;

    /// <summary>The checkpoint that stands there; null when there is none.</summary>
    /// <exception cref="FindingException">It is not signed by the key.</exception>
    public async Task<LogHead?> HeadAsync(NoteVerifier key, CancellationToken cancellationToken)
    {
        using var source = new FolderSource(folder);
        return await new LogResources(source).CheckpointAsync(cancellationToken) is { } bytes ? LogHead.Parse(bytes, key) : null;
    }

    public async ValueTask BundleAsync(TileId bundle, ReadOnlyMemory<byte> entries, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken)
    {
        await WriteAsync(bundle.ToPath(), entries, cancellationToken);
        await WriteAsync((bundle with { Level = 0 }).ToPath(), hashes, cancellationToken);
    }

    public ValueTask TileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken) =>
        WriteAsync(tile.ToPath(), hashes, cancellationToken);

    /// <summary>Makes the new tree the one that is served. A crash before the last line leaves the older checkpoint, and all that it covers.</summary>
    public async Task PublishAsync(NoteVerifier key, LogHead head, CancellationToken cancellationToken)
    {
        await WriteAsync("vkey", Encoding.UTF8.GetBytes(key + "\n"), cancellationToken);
        FolderSync.Flush(folder);
        await WriteAsync("checkpoint", Encoding.UTF8.GetBytes(head.Note.ToString()), cancellationToken);
        FolderSync.Flush(folder);
    }

    /// <summary>
    /// Removes partial tiles whose full tile has come: readers of an older checkpoint then take the full one. Narrower partial tiles of a
    /// tile that is not full stay, since nothing could stand in for them. A run that was killed has left partial tiles anywhere beyond
    /// the older checkpoint, so every tile from there on is looked at.
    /// </summary>
    /// <exception cref="FindingException">One cannot be removed. The export is whole all the same.</exception>
    public void RemoveCompletedPartials(long before, long now)
    {
        for (var level = TileId.Entries; level < Levels; level++)
        {
            var bits = TileBits * (Math.Max(level, 0) + 1);
            for (var index = before >> bits; TileId.WidthAt(level, index, now) == TileId.FullWidth; index++)
            {
                var partials = PathOf(new TileId(level, index, TileId.FullWidth).ToPath() + ".p");
                try
                {
                    if (Directory.Exists(partials))
                    {
                        Directory.Delete(partials, recursive: true);
                    }
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    throw OutputFile.Unwritable(partials, exception);
                }
            }
        }
    }

    public void Dispose() => _claim.Dispose();

    /// <summary>Writes beside, then renames: whoever reads meanwhile sees all of the file or none. What stands there already with these bytes stays.</summary>
    private async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var file = PathOf(path);
        try
        {
            if (File.Exists(file) && (await File.ReadAllBytesAsync(file, cancellationToken)).AsSpan().SequenceEqual(bytes.Span))
            {
                File.Delete(file + Temporary);
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file + Temporary, bytes, cancellationToken);
            File.Move(file + Temporary, file, overwrite: true);
            Interlocked.Increment(ref _files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Unwritable(file, exception);
        }
    }

    private string PathOf(string path) => Path.Combine(folder, path);
}
