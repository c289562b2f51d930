using System.Buffers.Binary;
using DataExchange.Merkle;

namespace DataExchange.Cli.Backup;

/// <summary>A row of a log's batches, as the data folder keeps it.</summary>
internal sealed record StoredBatch(long FirstIndex, long Count, byte[] Id, long Time, byte[] Root, byte[] Keys, byte[] Leaves, byte[] Sealed)
{
    public const string Columns = "first_index, count, id, time, root, keys, leaves, sealed";

    public long EndIndex => FirstIndex + Count;

    public long Bytes => Keys.Length + Leaves.Length + Sealed.Length;

    /// <summary>Hashes the leaves onto the tree before them; the root has to be the one that was committed with them.</summary>
    public CompactRange Extend(CompactRange before, string log)
    {
        if (FirstIndex != before.Size)
        {
            throw FindingException.DoesNotVerify(FindingCode.EntriesMissing, $"Entry {before.Size} of the log {log} is missing: the next batch begins at {FirstIndex}.");
        }

        if (Split() is { } leaves)
        {
            var hashes = new MerkleHash[leaves.Length];
            TreeHasher.Leaves(leaves, hashes);
            var after = before.Extend(hashes).After;
            if (after.Root().Bytes.SequenceEqual(Root))
            {
                return after;
            }
        }

        throw FindingException.DoesNotVerify(
            FindingCode.RootMismatch, $"The entries {FirstIndex} to {EndIndex - 1} of the log {log} do not hash to the root that was committed with them.");
    }

    private ReadOnlyMemory<byte>[]? Split()
    {
        // Each leaf has two bytes of length in front: a damaged count must not choose how much memory is taken.
        if (Count < 0 || Count > Leaves.Length / sizeof(ushort))
        {
            return null;
        }

        var leaves = new ReadOnlyMemory<byte>[Count];
        ReadOnlyMemory<byte> rest = Leaves;
        for (var i = 0; i < leaves.Length; i++)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(rest.Span, out var length) || rest.Length - sizeof(ushort) < length)
            {
                return null;
            }

            leaves[i] = rest.Slice(sizeof(ushort), length);
            rest = rest[(sizeof(ushort) + length)..];
        }

        return rest.IsEmpty ? leaves : null;
    }
}
