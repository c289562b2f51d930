using System.Collections.Concurrent;
using System.Text;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.DataFolders;

/// <summary>
/// One log of a gateway's data folder, read from the files it documents and not through the gateway: the newest checkpoint that was
/// published, and the entries. Batches are only ever added, so a running gateway may go on meanwhile. Hash tiles are not read: they are
/// derived, and whoever needs them makes them from the entries.
/// </summary>
internal sealed class DataFolderSource(string folder, string name) : ILogSource
{
    private readonly ConcurrentBag<BatchCursor> _cursors = [];
    private readonly RetiredLog? _retired = RetiredLog.Find(folder, name);

    public SourcePace Pace => SourcePace.Files;

    public bool HasTiles => false;

    public async ValueTask<bool> ReadAsync(string path, ReadBuffer into, int maxLength, CancellationToken cancellationToken)
    {
        if (TileId.TryParse(path, out var tile))
        {
            return tile.Level == TileId.Entries && await ReadEntriesAsync(tile, into, cancellationToken);
        }

        var text = path switch
        {
            "checkpoint" => ReadNote(),
            "vkey" when _retired is not null => _retired.VerifierKey,
            "vkey" when ReadNote() is { } note => SigningKey.Find(folder, name, note[..note.IndexOf('\n', StringComparison.Ordinal)]),
            _ => null,
        };
        if (text is null)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        await into.GrowAsync(bytes.Length, cancellationToken);
        bytes.CopyTo(into.Room);
        into.Length = bytes.Length;
        return true;
    }

    public void Dispose()
    {
        foreach (var cursor in _cursors)
        {
            cursor.Dispose();
        }
    }

    private async ValueTask<bool> ReadEntriesAsync(TileId bundle, ReadBuffer into, CancellationToken cancellationToken)
    {
        if (!_cursors.TryTake(out var cursor))
        {
            cursor = new BatchCursor(Path.Combine(folder, DataFolder.Exchange), _retired?.Table ?? name);
        }

        try
        {
            return await cursor.ReadAsync(bundle, into, cancellationToken);
        }
        finally
        {
            _cursors.Add(cursor);
        }
    }

    private string? ReadNote()
    {
        if (_retired is not null)
        {
            return _retired.Note ?? throw LogSource.Unreadable(name, "no checkpoint of what is stored was at hand when it was retired. dx fsck checks its entries.");
        }

        var file = Path.Combine(folder, DataFolder.Tiles);
        if (!File.Exists(file))
        {
            throw LogSource.Unreadable(file, "it holds the published checkpoint, and is missing. Start the gateway once: it makes the file anew.");
        }

        using var tiles = ReadDatabase.Open(file, isExclusive: false);
        try
        {
            return tiles.Rows("SELECT note FROM position WHERE log = $1 AND note IS NOT NULL", name).Select(row => row.GetString(0)).FirstOrDefault();
        }
        catch (SqliteException exception)
        {
            throw ReadDatabase.Unreadable(file, exception);
        }
    }
}
