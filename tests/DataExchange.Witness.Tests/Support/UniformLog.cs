using System.Numerics;
using DataExchange.Merkle;

namespace DataExchange.Witness.Tests.Support;

/// <summary>A log whose leaves are all alike: one hash a level, so that trees and proofs of any size cost nothing. Another leaf is another history.</summary>
internal sealed class UniformLog : IDisposable
{
    private readonly MerkleHash[] _complete = new MerkleHash[62];
    private readonly NoteSigner _signer;

    public UniformLog(string origin, byte seed = 1, string leaf = "alike")
    {
        _signer = NoteSigner.FromSeed(origin, [.. Enumerable.Repeat(seed, NoteSigner.SeedSize)]);
        _complete[0] = TreeHasher.Leaf(System.Text.Encoding.UTF8.GetBytes(leaf));
        for (var level = 1; level < _complete.Length; level++)
        {
            _complete[level] = TreeHasher.Node(_complete[level - 1], _complete[level - 1]);
        }
    }

    public string Origin => _signer.Name;

    public NoteVerifier Verifier => _signer.Verifier;

    /// <summary>MTH by RFC 6962's own recursion.</summary>
    public MerkleHash Root(long size)
    {
        if (size == 0)
        {
            return TreeHasher.EmptyRoot;
        }

        var level = BitOperations.Log2((ulong)size);
        var rest = size - (1L << level);
        return rest == 0 ? _complete[level] : TreeHasher.Node(_complete[level], Root(rest));
    }

    /// <summary>PROOF(old, D[size]).</summary>
    public MerkleHash[] Proof(long oldSize, long size) => oldSize == 0 || oldSize == size ? [] : SubProof(oldSize, size, isOldRoot: true);

    public Checkpoint Checkpoint(long size) => new(Origin, size, Root(size));

    public string Note(long size) => Checkpoint(size).Sign(_signer);

    public string Sign(string text) => _signer.SignatureLine(text);

    /// <summary>The body that submits a size on top of another.</summary>
    public string Body(long oldSize, long size) => new AddCheckpointRequest(oldSize, Proof(oldSize, size), Note(size)).ToText();

    public void Dispose() => _signer.Dispose();

    private MerkleHash[] SubProof(long oldSize, long size, bool isOldRoot)
    {
        if (oldSize == size)
        {
            return isOldRoot ? [] : [Root(size)];
        }

        var left = (long)(BitOperations.RoundUpToPowerOf2((ulong)size) / 2);
        return oldSize <= left
            ? [.. SubProof(oldSize, left, isOldRoot), Root(size - left)]
            : [.. SubProof(oldSize - left, size - left, isOldRoot: false), Root(left)];
    }
}
