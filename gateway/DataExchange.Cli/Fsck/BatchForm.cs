using System.Globalization;
using DataExchange.Contracts.Log;

namespace DataExchange.Cli.Fsck;

/// <summary>Checks what a batch shows by itself: counts, lengths, the form of leaves, sealed records and search keys.</summary>
internal sealed class BatchForm(string log, Findings findings)
{
    private const int IdSize = 16;

    // 0x01: nonce, tag, ciphertext. 0x02: the same, and what is sealed was compressed before.
    private const byte NewestVersion = 2;
    private const int SmallestSealed = 1 + 12 + 16;

    private readonly string _table = $"exchange.db {log}_batch";

    /// <summary>Returns leaves and search keys; null when the leaves cannot be told apart.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Leaves, IReadOnlyList<ReadOnlyMemory<byte>> Keys)? Check(StoredBatch batch)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"first_index {batch.First}");
        if (batch.Id.Length != IdSize)
        {
            findings.Error(FsckCode.BatchIdMalformed, _table, row, $"The id has {batch.Id.Length} bytes instead of {IdSize}.", Remedy.Restore);
        }

        if (StoredItems.SplitU16(batch.Leaves) is not { } leaves || leaves.Count != batch.Count)
        {
            findings.Error(FsckCode.LeavesMalformed, _table, row, string.Create(CultureInfo.InvariantCulture, $"The column leaves does not hold {batch.Count} leaves."), Remedy.Restore);
            return null;
        }

        var decoded = leaves.ConvertAll(static leaf => Leaf.TryDecode(leaf, out var value) ? value : (Leaf?)null);
        for (var i = 0; i < decoded.Count; i++)
        {
            if (decoded[i] is null)
            {
                findings.Error(FsckCode.LeafMalformed, _table, row, $"{Entry(batch, i)} is not a leaf of the log format.", Remedy.Restore);
            }
        }

        CheckSealed(batch, row, decoded);
        return (leaves, CheckKeys(batch, row, decoded));
    }

    private static string Entry(StoredBatch batch, int place) => string.Create(CultureInfo.InvariantCulture, $"Entry {batch.First + place}");

    private void CheckSealed(StoredBatch batch, string row, List<Leaf?> leaves)
    {
        if (StoredItems.SplitU32(batch.Sealed) is not { } records || records.Count != leaves.Count)
        {
            findings.Error(FsckCode.SealedMalformed, _table, row, $"The column sealed does not hold {leaves.Count} records.", Remedy.RestoreRecord);
            return;
        }

        for (var i = 0; i < records.Count; i++)
        {
            if (leaves[i] is { } leaf && leaf.IsOpen != records[i].IsEmpty)
            {
                var detail = $"{Entry(batch, i)} is {(leaf.IsOpen ? "open and has a sealed record beside it" : "sealed and has no record beside it")}.";
                findings.Error(FsckCode.SealedMalformed, _table, row, detail, Remedy.RestoreRecord);
            }
            else if (!records[i].IsEmpty)
            {
                CheckSealed(batch, row, i, records[i].Span);
            }
        }
    }

    private void CheckSealed(StoredBatch batch, string row, int place, ReadOnlySpan<byte> record)
    {
        if (record[0] is 0 or > NewestVersion)
        {
            findings.Warning(FsckCode.SealedUnknown, _table, row, $"The sealed record of {Entry(batch, place)} has version {record[0]}, which this program does not know.", Remedy.Newer);
        }
        else if (record.Length <= SmallestSealed)
        {
            findings.Error(FsckCode.SealedMalformed, _table, row, $"The sealed record of {Entry(batch, place)} has {record.Length} bytes, too few to hold anything.", Remedy.RestoreRecord);
        }
    }

    private List<ReadOnlyMemory<byte>> CheckKeys(StoredBatch batch, string row, List<Leaf?> leaves)
    {
        if (StoredItems.SplitU16(batch.Keys) is not { } keys || keys.Count != leaves.Count)
        {
            findings.Error(FsckCode.KeysMalformed, _table, row, $"The column keys does not hold {leaves.Count} keys.", Remedy.Restore);
            return leaves.ConvertAll(static _ => ReadOnlyMemory<byte>.Empty);
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (leaves[i] is { } leaf && !leaf.Tag.Span.SequenceEqual(keys[i].Span))
            {
                findings.Error(FsckCode.KeysMalformed, _table, row, $"The search key of {Entry(batch, i)} is not its tag: a search would not find it.", Remedy.Restore);
            }
        }

        return keys;
    }
}
