using System.Text;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Witnesses;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Receipts;

/// <summary>Checks a receipt offline, knowing nothing but the log's key and, where that is wanted, the witnesses'.</summary>
internal static class ReceiptCheck
{
    /// <exception cref="FindingException">The first check that does not hold.</exception>
    public static ReceiptReport Run(ReceiptFile file, NoteVerifier key, TlogPolicy? policy)
    {
        var receipt = file.Receipt;
        var leafBytes = Base64Bytes.Decode(receipt.Leaf) ?? throw Fails(FindingCode.LeafMalformed, "The leaf is not base64.");
        if (!Leaf.TryDecode(leafBytes, out var leaf))
        {
            throw Fails(FindingCode.LeafMalformed, "The leaf is not one of the log format.");
        }

        if (receipt.Log != key.Name)
        {
            throw Fails(FindingCode.LogMismatch, $"The receipt speaks of {receipt.Log}; the key belongs to {key.Name}.");
        }

        if (!TlogProof.TryParse(receipt.Proof, out var proof))
        {
            throw Fails(FindingCode.ProofMalformed, "The proof is not a tlog-proof.");
        }

        if (proof.Index != receipt.Index)
        {
            throw Fails(FindingCode.IndexMismatch, $"The receipt says index {receipt.Index} and its proof index {proof.Index}.");
        }

        var head = LogHead.Parse(Encoding.UTF8.GetBytes(proof.CheckpointNote), key);
        var checkpoint = head.Checkpoint;
        if (!ProofVerifier.Inclusion(proof.Index, checkpoint.Size, TreeHasher.Leaf(leafBytes), proof.Hashes, checkpoint.Root))
        {
            throw Fails(FindingCode.NotIncluded, $"This leaf does not stand at index {proof.Index} of the signed tree.");
        }

        var record = RecordCheck.Run(leaf, receipt.Opening, file.Released);
        PolicyOption.Require(policy, key, head.Note);
        return new ReceiptReport(checkpoint.Origin, proof.Index, checkpoint.Size, leaf, record) { Quorum = policy?.Quorum };
    }

    private static FindingException Fails(string code, string detail) => FindingException.DoesNotVerify(code, detail);
}
