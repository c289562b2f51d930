namespace DataExchange.Cli;

/// <summary>Stable codes of what was found, as <c>--json</c> gives them in <c>code</c>.</summary>
internal static class FindingCode
{
    /// <summary>All checks hold.</summary>
    public const string Verified = "verified";

    /// <summary>The checkpoint is not one, or is not signed by the key.</summary>
    public const string CheckpointInvalid = "checkpoint-invalid";

    /// <summary>The log is smaller than it has been.</summary>
    public const string Rollback = "rollback";

    /// <summary>The log is not an extension of what it has been.</summary>
    public const string Fork = "fork";

    /// <summary>A bundle of entries that the checkpoint's size calls for is not served.</summary>
    public const string EntriesMissing = "entries-missing";

    /// <summary>A bundle of entries is cut off or holds another number of entries.</summary>
    public const string EntriesMalformed = "entries-malformed";

    /// <summary>What stands in the target folder is not a backup of this data folder, or cannot be written (exit code 2).</summary>
    public const string TargetUnusable = "target-unusable";

    /// <summary>The registers' state at that point is not in the data folder any more (exit code 2).</summary>
    public const string StateNotKept = "state-not-kept";

    /// <summary>The entries do not hash to the signed root.</summary>
    public const string RootMismatch = "root-mismatch";

    /// <summary>A hash tile that the checkpoint's size calls for is not served.</summary>
    public const string TileMissing = "tile-missing";

    /// <summary>A hash tile differs from the one the entries make.</summary>
    public const string TileMismatch = "tile-mismatch";

    /// <summary>The receipt's leaf is not a leaf.</summary>
    public const string LeafMalformed = "leaf-malformed";

    /// <summary>The receipt's proof is not a tlog-proof.</summary>
    public const string ProofMalformed = "proof-malformed";

    /// <summary>The receipt names another log than the key's.</summary>
    public const string LogMismatch = "log-mismatch";

    /// <summary>The receipt's index is not that of its proof.</summary>
    public const string IndexMismatch = "index-mismatch";

    /// <summary>The leaf does not stand at that index of the signed tree.</summary>
    public const string NotIncluded = "not-included";

    /// <summary>The record shown is not the one that the leaf commits to.</summary>
    public const string OpeningMismatch = "opening-mismatch";

    /// <summary>The record released in the answer is not the one whose release the receipt proves.</summary>
    public const string RecordMismatch = "record-mismatch";

    /// <summary>Parts of an evidence pack do not fit each other.</summary>
    public const string EvidenceMismatch = "evidence-mismatch";

    /// <summary>A fact is not the entry of the log that it says it is.</summary>
    public const string FactMismatch = "fact-mismatch";

    /// <summary>A scorecard's figure is not what the logs say.</summary>
    public const string ScorecardMismatch = "scorecard-mismatch";

    /// <summary>The checkpoint lacks cosignatures that the policy asks for.</summary>
    public const string QuorumNotMet = "quorum-not-met";

    /// <summary>The folder exported to does not hold the tree of its own checkpoint.</summary>
    public const string TargetDamaged = "target-damaged";

    /// <summary>The log has not grown for longer than it may (exit code 3).</summary>
    public const string Stale = "stale";

    /// <summary>The order is given.</summary>
    public const string Ordered = "ordered";

    /// <summary>What would be done was said, and not confirmed (exit code 4).</summary>
    public const string NotConfirmed = "not-confirmed";

    /// <summary>The checkpoint is one of the log that is stored: nothing is lost.</summary>
    public const string NothingToAdopt = "nothing-to-adopt";

    /// <summary>The logs of the data folder are damaged.</summary>
    public const string FolderDamaged = "folder-damaged";

    /// <summary>Not a verifier key (exit code 2).</summary>
    public const string KeyMalformed = "key-malformed";

    /// <summary>An agreement was put in force without a party's signature that verifies.</summary>
    public const string SignatureMissing = "signature-missing";

    /// <summary>A party was admitted by a proposal, so that its keys cannot be told from an entry of its own (exit code 2).</summary>
    public const string SignerUnknown = "signer-unknown";

    /// <summary>It is signed.</summary>
    public const string Signed = "signed";

    /// <summary>The file holds no private key that may sign, or others can read it (exit code 2).</summary>
    public const string KeyUnusable = "key-unusable";

    /// <summary>A gateway is running on the data folder (exit code 2).</summary>
    public const string FolderInUse = "folder-in-use";

    /// <summary>Not a C2SP tlog-policy (exit code 2).</summary>
    public const string PolicyMalformed = "policy-malformed";

    /// <summary>The log cannot be read (exit code 2).</summary>
    public const string SourceUnreadable = "source-unreadable";

    /// <summary>What was remembered of the log cannot be used (exit code 2).</summary>
    public const string StateUnusable = "state-unusable";

    /// <summary>The file is no receipt and holds none (exit code 2).</summary>
    public const string InputUnreadable = "input-unreadable";

    /// <summary>The log has no entry there (exit code 2).</summary>
    public const string NoSuchEntry = "no-such-entry";

    /// <summary>A file that was asked for cannot be written (exit code 2).</summary>
    public const string OutputUnwritable = "output-unwritable";

    /// <summary>Stopped before the end (exit code 2).</summary>
    public const string Cancelled = "cancelled";
}
