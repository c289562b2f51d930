using System.Buffers;
using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>Checks a log the way a stranger would: everything is recomputed from what the log serves.</summary>
internal static class LogAudit
{
    /// <summary>
    /// The entries hash to the published root; the tiles give the same root; bundles hold the entries; and every checkpoint seen is the
    /// root of a prefix, so each extends the ones before it.
    /// </summary>
    public static async Task SoundAsync(ITransparencyLog log, params IEnumerable<SignedCheckpoint> seen)
    {
        var token = TestContext.Current.CancellationToken;
        await log.WaitPublishedAsync(log.Latest.Size, token).AsTask().WaitAsync(TimeSpan.FromMinutes(2), token);
        var published = log.Published;
        Assert.True(Checkpoint.TryOpen(published.Note, log.Verifier, out var opened));
        Assert.Equal(published.Checkpoint, opened);

        var entries = await log.ReadAsync(0, published.Size, token).ToListAsync(token);
        Assert.Equal(published.Size, entries.Count);
        AssertRoots(entries, [.. seen.Append(published)]);
        Assert.Equal(published.Checkpoint.Root, await new TileTree(new LogTiles(log)).RootAsync(published.Size, token));
        await AssertBundlesAsync(log, entries);
        foreach (var checkpoint in seen)
        {
            Assert.True(Checkpoint.TryOpen(checkpoint.Note, log.Verifier, out _));
        }
    }

    /// <summary>Each append that was acknowledged is where it was said to be.</summary>
    public static async Task HoldsAsync(ITransparencyLog log, IEnumerable<(long Index, string Text)> acknowledged)
    {
        var token = TestContext.Current.CancellationToken;
        var entries = await log.ReadAsync(0, long.MaxValue, token).ToListAsync(token);
        foreach (var (index, text) in acknowledged)
        {
            Assert.Equal(text, entries[(int)index].Text());
        }
    }

    private static void AssertRoots(List<StoredEntry> entries, IReadOnlyList<SignedCheckpoint> seen)
    {
        var range = CompactRange.Empty;
        foreach (var checkpoint in seen.OrderBy(checkpoint => checkpoint.Size))
        {
            Assert.True(checkpoint.Size <= entries.Count, $"A checkpoint of {checkpoint.Size} was signed; the log has {entries.Count} entries.");
            range = range.Extend([.. entries[(int)range.Size..(int)checkpoint.Size].Select(entry => TreeHasher.Leaf(entry.Leaf.Span))]).After;
            Assert.Equal(range.Root(), checkpoint.Checkpoint.Root);
        }
    }

    private static async Task AssertBundlesAsync(ITransparencyLog log, List<StoredEntry> entries)
    {
        for (var index = 0L; index * TileId.FullWidth < entries.Count; index++)
        {
            var width = TileId.WidthAt(TileId.Entries, index, entries.Count);
            var expected = new ArrayBufferWriter<byte>();
            entries.Slice((int)index * TileId.FullWidth, width).ForEach(entry => EntryBundle.Write(expected, entry.Leaf.Span));
            var bundle = await log.ReadTileAsync(new TileId(TileId.Entries, index, width), TestContext.Current.CancellationToken);
            Assert.Equal(expected.WrittenSpan.ToArray(), bundle!.Value.ToArray());
        }
    }

    private sealed class LogTiles(ITransparencyLog log) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) => log.ReadTileAsync(tile, cancellationToken);
    }
}
