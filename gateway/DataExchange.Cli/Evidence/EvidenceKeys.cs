using DataExchange.Cli.Receipts;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Cli.Evidence;

/// <summary>The keys that receipts are held against, by the log they are of.</summary>
internal sealed class EvidenceKeys(IReadOnlyDictionary<string, NoteVerifier> keys, TlogPolicy? policy)
{
    /// <exception cref="FindingException">A text is no key, or two are of one log.</exception>
    public static EvidenceKeys Parse(IReadOnlyList<string> vkeys, TlogPolicy? policy)
    {
        var keys = new Dictionary<string, NoteVerifier>(StringComparer.Ordinal);
        foreach (var key in vkeys.Select(LogKey.Parse))
        {
            if (!keys.TryAdd(key.Name, key))
            {
                throw FindingException.CannotTell(FindingCode.KeyMalformed, $"Two keys of {key.Name} are given; give one for each log.");
            }
        }

        return new EvidenceKeys(keys, policy);
    }

    /// <summary>Checks one receipt, by the key of its log.</summary>
    /// <exception cref="FindingException">It does not hold, or no key of its log is given.</exception>
    public ReceiptReport Check(Receipt receipt) => keys.TryGetValue(receipt.Log, out var key)
        ? ReceiptCheck.Run(new ReceiptFile(receipt, Released: null), key, policy)
        : throw FindingException.DoesNotVerify(FindingCode.LogMismatch, $"A receipt speaks of {receipt.Log}, whose key is not among those given.");
}
