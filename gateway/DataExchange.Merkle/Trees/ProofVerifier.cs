namespace DataExchange.Merkle;

/// <summary>Proof verification by the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2, whose trees are those of RFC 6962.</summary>
public static class ProofVerifier
{
    /// <summary>Whether the leaf stands at the index in the tree of that size and root.</summary>
    public static bool Inclusion(long index, long size, in MerkleHash leafHash, IReadOnlyList<MerkleHash> proof, in MerkleHash root) =>
        TryRoot(index, size, leafHash, proof, out var computed) && computed == root;

    /// <summary>The root of a tree of that size with the leaf at the index, if the proof has the form of one in it.</summary>
    public static bool TryRoot(long index, long size, in MerkleHash leafHash, IReadOnlyList<MerkleHash> proof, out MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        root = default;
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRight(node) || node == last)
            {
                hash = TreeHasher.Node(sibling, hash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                hash = TreeHasher.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        root = hash;
        return last == 0;
    }

    /// <summary>
    /// Whether the tree of the new size extends the tree of the old one. Everything extends the empty tree: from size 0 the
    /// proof is empty and the old root is the empty root, as C2SP tlog-witness has it.
    /// </summary>
    public static bool Consistency(long oldSize, long newSize, in MerkleHash oldRoot, in MerkleHash newRoot, IReadOnlyList<MerkleHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot == newRoot && (oldSize > 0 || oldRoot == TreeHasher.EmptyRoot);
        }

        return oldSize == 0
            ? proof.Count == 0 && oldRoot == TreeHasher.EmptyRoot
            : Extends(oldSize, newSize, oldRoot, newRoot, proof);
    }

    private static bool Extends(long oldSize, long newSize, in MerkleHash oldRoot, in MerkleHash newRoot, IReadOnlyList<MerkleHash> proof)
    {
        // An old tree that is one complete subtree is its own seed; otherwise the proof brings the seed.
        var used = long.IsPow2(oldSize) ? 0 : 1;
        if (proof.Count < Math.Max(used, 1))
        {
            return false;
        }

        var oldHash = used == 0 ? oldRoot : proof[0];
        var newHash = oldHash;
        var (node, last) = (oldSize - 1, newSize - 1);
        while (IsRight(node))
        {
            (node, last) = (node >> 1, last >> 1);
        }

        for (; used < proof.Count; used++)
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRight(node) || node == last)
            {
                oldHash = TreeHasher.Node(proof[used], oldHash);
                newHash = TreeHasher.Node(proof[used], newHash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                newHash = TreeHasher.Node(newHash, proof[used]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldHash == oldRoot && newHash == newRoot;
    }

    private static bool IsRight(long node) => (node & 1) == 1;

    private static void SkipLevelsWithoutSibling(ref long node, ref long last)
    {
        while (!IsRight(node) && node != 0)
        {
            (node, last) = (node >> 1, last >> 1);
        }
    }
}
