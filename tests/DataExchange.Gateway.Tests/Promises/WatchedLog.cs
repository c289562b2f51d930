using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>
/// What clients were told about a log, and the means to hold the log to it: every acknowledged leaf at its index, every checkpoint ever
/// seen a prefix of what the log shows now.
/// </summary>
internal sealed class WatchedLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, byte[]> _acknowledged = [];
    private readonly Dictionary<long, MerkleHash> _roots = [];

    public int Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Count;
            }
        }
    }

    /// <summary>Remembers a receipt. Two receipts that contradict each other are caught here.</summary>
    public void Remember(Receipt receipt, NoteVerifier verifier)
    {
        var leaf = Convert.FromBase64String(receipt.Leaf);
        Assert.True(TlogProof.TryParse(receipt.Proof, out var proof));
        Assert.True(proof.Verify(TreeHasher.Leaf(leaf), verifier, out var checkpoint));
        lock (_gate)
        {
            Assert.True(_acknowledged.TryAdd(receipt.Index, leaf), "One index was given to two entries.");
            Assert.True(!_roots.TryGetValue(checkpoint.Size, out var root) || root == checkpoint.Root, "Two roots were signed for one size.");
            _roots[checkpoint.Size] = checkpoint.Root;
        }
    }

    /// <summary>Reads the whole published log as a stranger would and compares.</summary>
    public async Task HoldAsync(HttpClient gateway, string log, NoteVerifier verifier)
    {
        var checkpoint = await PublishedAsync(gateway, log, verifier);
        var range = CompactRange.Empty;
        for (long bundle = 0; bundle * TileId.FullWidth < checkpoint.Size; bundle++)
        {
            var tile = new TileId(TileId.Entries, bundle, TileId.WidthAt(TileId.Entries, bundle, checkpoint.Size));
            foreach (var entry in EntryBundle.Split(await gateway.GetByteArrayAsync($"/log/{log}/{tile.ToPath()}")))
            {
                range = Check(range, entry.ToArray());
            }
        }

        Assert.Equal(checkpoint.Root, range.Root());
        Assert.Equal(checkpoint.Size, range.Size);
    }

    /// <summary>The published checkpoint, once it covers every one that was seen. Tiles follow an append at once, but behind it; a log that lost something never gets there.</summary>
    private async Task<Checkpoint> PublishedAsync(HttpClient gateway, string log, NoteVerifier verifier)
    {
        long seen;
        lock (_gate)
        {
            seen = _roots.Count == 0 ? 0 : _roots.Keys.Max();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Assert.True(Checkpoint.TryOpen(await gateway.GetStringAsync($"/log/{log}/checkpoint", CancellationToken.None), verifier, out var checkpoint));
            if (checkpoint.Size >= seen)
            {
                return checkpoint;
            }

            Assert.False(patience.IsCancellationRequested, $"The log shows {checkpoint.Size} entries, fewer than the {seen} it signed.");
        }
    }

    private CompactRange Check(CompactRange range, byte[] entry)
    {
        lock (_gate)
        {
            if (_acknowledged.TryGetValue(range.Size, out var acknowledged))
            {
                Assert.Equal(acknowledged, entry);
            }

            var after = range.Extend([TreeHasher.Leaf(entry)]).After;
            if (_roots.TryGetValue(after.Size, out var root))
            {
                Assert.Equal(root, after.Root());
            }

            return after;
        }
    }
}
