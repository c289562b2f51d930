using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>Checks a receipt as its receiver would, with nothing but the log's key.</summary>
public static class ReceiptCheck
{
    /// <summary>The leaf, once its place in the log and its commitment to the opening have been checked.</summary>
    public static async Task<(Leaf Leaf, JsonElement Record)> VerifyAsync(HttpClient gateway, Receipt receipt)
    {
        var leaf = await VerifyPlaceAsync(gateway, receipt);
        Assert.NotNull(receipt.Opening);
        var commitment = new byte[Commitment.Size];
        Commitment.Compute(Convert.FromBase64String(receipt.Opening.Key), CanonicalJson.Canonicalize(receipt.Opening.Record), commitment);
        Assert.Equal(commitment, leaf.Body.ToArray());
        return (leaf, receipt.Opening.Record);
    }

    /// <summary>The leaf, once its place in the log has been checked: all there is to check of an open one.</summary>
    public static async Task<Leaf> VerifyPlaceAsync(HttpClient gateway, Receipt receipt)
    {
        var log = receipt.Log[(receipt.Log.LastIndexOf('/') + 1)..];
        Assert.True(NoteVerifier.TryParse((await gateway.GetStringAsync($"/log/{log}/vkey")).TrimEnd(), out var verifier));
        Assert.True(TlogProof.TryParse(receipt.Proof, out var proof));
        var bytes = Convert.FromBase64String(receipt.Leaf);
        Assert.Equal(receipt.Index, proof.Index);
        Assert.True(proof.Verify(TreeHasher.Leaf(bytes), verifier, out var checkpoint));
        Assert.Equal(receipt.Log, checkpoint.Origin);

        Assert.True(Leaf.TryDecode(bytes, out var leaf));
        return leaf;
    }
}
