using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Providers;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Adapters.Receipts;

/// <summary>
/// The adapter's half of the promise that nothing is released without a record: it answers only to a question that the gateway has
/// written to its log. Every check stands below, in order; the first that fails decides. Safe to use from many threads.
/// </summary>
/// <param name="log">The key of the gateway's access log; its name is the log's origin.</param>
/// <param name="clock">This department's own clock.</param>
public sealed class IntentCheck(NoteVerifier log, TimeProvider clock)
{
    private readonly VerifiedCheckpoints _checkpoints = new(log);

    /// <summary>Checks the receipt that came with a question. Reads no back end and has no effect.</summary>
    public IntentVerdict Check(ProviderQuery query)
    {
        var receipt = query.Intent;
        if (receipt.Log != log.Name)
        {
            return IntentVerdict.OtherLog;
        }

        if (!TryBase64(receipt.Leaf, out var leafBytes) || !Leaf.TryDecode(leafBytes, out var leaf) || !TlogProof.TryParse(receipt.Proof, out var proof))
        {
            return IntentVerdict.Unreadable;
        }

        // The signature of the whole tree first, then that this leaf stands in it: until both hold, nothing the leaf says counts.
        if (proof.Index != receipt.Index
            || !_checkpoints.TryOpen(proof.CheckpointNote, out var checkpoint)
            || !ProofVerifier.Inclusion(proof.Index, checkpoint.Size, TreeHasher.Leaf(leafBytes), proof.Hashes, checkpoint.Root))
        {
            return IntentVerdict.NotLogged;
        }

        // Governance leaves live in another log; outcomes and refusals live in this one and must not pass for intents.
        if (leaf.Kind != LeafKinds.AccessRequested || leaf.IsOpen)
        {
            return IntentVerdict.NotAnIntent;
        }

        // An old receipt must not be used again by whoever gets hold of one.
        if (Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - leaf.TimeMs) > (long)ProviderProtocol.IntentWindow.TotalMilliseconds)
        {
            return IntentVerdict.OutsideWindow;
        }

        if (receipt.Opening is not { } opening || opening.Record.ValueKind != JsonValueKind.Object || !Opens(opening, leaf))
        {
            return IntentVerdict.NotOpened;
        }

        // What was logged is what is asked: the same dataset, revision, person and fields, and not one field more.
        return RecordedQuestion.Matches(opening.Record, query) ? IntentVerdict.Accepted : IntentVerdict.OtherQuestion;
    }

    private static bool Opens(Opening opening, Leaf leaf)
    {
        if (!TryBase64(opening.Key, out var key) || key.Length != Commitment.Size)
        {
            return false;
        }

        byte[] record;
        try
        {
            record = CanonicalJson.Canonicalize(opening.Record);
        }
        catch (FormatException)
        {
            // No canonical form, so nothing can have been committed to.
            return false;
        }

        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Compute(key, record, commitment);
        return CryptographicOperations.FixedTimeEquals(commitment, leaf.Body.Span);
    }

    private static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        var valid = Convert.TryFromBase64String(text, bytes, out var written);
        Array.Resize(ref bytes, written);
        return valid;
    }
}
