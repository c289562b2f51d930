using System.Buffers;
using System.Runtime.InteropServices;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Writing;

/// <summary>The batch that the writer is putting together. Its buffers live as long as the writer; what it builds is valid until the next one.</summary>
internal sealed class BatchDraft
{
    private readonly ArrayBufferWriter<byte> _leaves = new();
    private readonly ArrayBufferWriter<byte> _sealed = new();
    private readonly ArrayBufferWriter<byte> _keys = new();
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _copies = [];
    private readonly List<MerkleHash> _hashes = [];
    private readonly List<MerkleHash> _copyHashes = [];
    private readonly List<IndexedChange> _changes = [];

    public IReadOnlyList<MerkleHash> LeafHashes => _hashes;

    public IReadOnlyList<IndexedChange> Changes => _changes;

    /// <summary>Gives indexes to the appends whose pin holds, from <paramref name="firstIndex"/> on, and -1 to the others.</summary>
    /// <param name="appends">In the order in which they came.</param>
    /// <param name="firstIndex">Size of the log.</param>
    /// <param name="pinnedSize">Size of the pinned log under the same lock.</param>
    /// <param name="pinsItself">Whether the pinned log is this one: then it grows with every entry of the batch.</param>
    /// <exception cref="LogCorruptException">The bytes to be stored are not the bytes that were appended.</exception>
    public void Fill(IReadOnlyList<PendingAppend> appends, long firstIndex, long pinnedSize, bool pinsItself)
    {
        Clear();
        for (var i = 0; i < appends.Count; i++)
        {
            var append = appends[i];
            append.Pin = pinsItself ? firstIndex + _entries.Count : pinnedSize;
            if (append.Entry.PinnedSize is { } pin && pin != append.Pin)
            {
                append.Index = -1;
                continue;
            }

            append.Index = firstIndex + _entries.Count;
            Add(append);
        }

        Hash(_entries, _hashes);
        CompareCopies(firstIndex);
    }

    public LogBatch ToBatch(BatchId id, TreeExtension extension, long time) => new()
    {
        Id = id,
        FirstIndex = extension.FirstIndex,
        Count = _hashes.Count,
        Leaves = _leaves.WrittenMemory,
        Sealed = _sealed.WrittenMemory,
        Keys = _keys.WrittenMemory,
        Root = extension.After.Root(),
        Time = time,
    };

    // One flipped bit has ended logs: hashed after the flip, the tree commits to what nobody appended; hashed before it, the stored entry
    // never fits its hash again. So the caller's bytes and the copy that goes to the store are hashed apart, and have to agree.
    private void CompareCopies(long firstIndex)
    {
        var rest = _leaves.WrittenMemory;
        while (!rest.IsEmpty)
        {
            _copies.Add(Prefixed.TakeU16(ref rest));
        }

        Hash(_copies, _copyHashes);
        if (!CollectionsMarshal.AsSpan(_copyHashes).SequenceEqual(CollectionsMarshal.AsSpan(_hashes)))
        {
            throw new LogCorruptException(
                $"The entries from {firstIndex} on changed in memory while they were put together. Nothing of them was stored. If this comes again, test the machine's memory.");
        }
    }

    private static void Hash(List<ReadOnlyMemory<byte>> leaves, List<MerkleHash> hashes)
    {
        CollectionsMarshal.SetCount(hashes, leaves.Count);
        TreeHasher.Leaves(CollectionsMarshal.AsSpan(leaves), CollectionsMarshal.AsSpan(hashes));
    }

    private void Add(PendingAppend append)
    {
        var entry = append.Entry;
        EntryBundle.Write(_leaves, entry.Leaf.Span);
        Prefixed.WriteU32(_sealed, entry.Sealed.Span);
        EntryBundle.Write(_keys, entry.Key.Span);
        _entries.Add(entry.Leaf);
        for (var i = 0; i < entry.Changes.Count; i++)
        {
            _changes.Add(new IndexedChange(append.Index, entry.Changes[i]));
        }
    }

    private void Clear()
    {
        _leaves.ResetWrittenCount();
        _sealed.ResetWrittenCount();
        _keys.ResetWrittenCount();
        _entries.Clear();
        _copies.Clear();
        _hashes.Clear();
        _copyHashes.Clear();
        _changes.Clear();
    }
}
