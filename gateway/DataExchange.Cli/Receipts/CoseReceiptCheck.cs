using DataExchange.Cli.Witnesses;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Receipts;

/// <summary>Checks a COSE receipt offline, with the leaf it is for and the log's key.</summary>
internal static class CoseReceiptCheck
{
    /// <exception cref="FindingException">The first check that does not hold.</exception>
    public static ReceiptReport Run(byte[] bytes, byte[] leafBytes, NoteVerifier key, TlogPolicy? policy)
    {
        if (!Leaf.TryDecode(leafBytes, out var leaf))
        {
            throw Fails(FindingCode.LeafMalformed, "The leaf is not one of the log format.");
        }

        if (!CoseReceipt.TryDecode(bytes, out var receipt))
        {
            throw Fails(FindingCode.ProofMalformed, "The file is not a COSE receipt of inclusion.");
        }

        if (!receipt.IsOf(key))
        {
            throw Fails(FindingCode.LogMismatch, $"The receipt does not name the log and key of {key.Name}.");
        }

        // One answer for path and signature: the root is in neither, so nobody can say which of the two is wrong.
        if (!receipt.Verify(TreeHasher.Leaf(leafBytes), key))
        {
            throw Fails(FindingCode.NotIncluded, $"This leaf, at index {receipt.Index}, is not what {key.Name} signed.");
        }

        PolicyOption.RequireNoQuorum(policy, key, "A COSE receipt");
        return new ReceiptReport(key.Name, receipt.Index, receipt.Size, leaf, RecordCheck.Run(leaf, opening: null, released: null));
    }

    private static FindingException Fails(string code, string detail) => FindingException.DoesNotVerify(code, detail);
}
