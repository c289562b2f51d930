namespace DataExchange.Cli.Fsck;

/// <summary>Stable codes of what is wrong in a data folder.</summary>
internal static class FsckCode
{
    /// <summary>A file is no database of this program, or SQLite cannot read it.</summary>
    public const string FileUnreadable = "file-unreadable";

    /// <summary>A file was written by a newer program (warning).</summary>
    public const string FileNewer = "file-newer";

    /// <summary>A file or table that the folder needs is missing; one that a backup may lack is a warning.</summary>
    public const string FileMissing = "file-missing";

    /// <summary>SQLite's own check finds damage.</summary>
    public const string PagesDamaged = "pages-damaged";

    /// <summary>A batch does not begin where the one before it ends.</summary>
    public const string BatchGap = "batch-gap";

    /// <summary>A batch does not hold as many leaves as it says, or is cut off.</summary>
    public const string LeavesMalformed = "leaves-malformed";

    /// <summary>An entry is not one of the log format.</summary>
    public const string LeafMalformed = "leaf-malformed";

    /// <summary>The entries up to the end of a batch do not make the root stored with it, nor any later one.</summary>
    public const string EntriesDamaged = "entries-damaged";

    /// <summary>A batch's stored root is wrong, while the entries make the later ones.</summary>
    public const string BatchRootDamaged = "batch-root-damaged";

    /// <summary>A batch was committed before the one before it, or after the head.</summary>
    public const string BatchTime = "batch-time";

    /// <summary>A batch's id has another length.</summary>
    public const string BatchIdMalformed = "batch-id-malformed";

    /// <summary>A batch's sealed records are not as many as its leaves, or one has a form that cannot be.</summary>
    public const string SealedMalformed = "sealed-malformed";

    /// <summary>A sealed record has a version that this program does not know (warning).</summary>
    public const string SealedUnknown = "sealed-unknown";

    /// <summary>A batch's search keys are not as many as its leaves, or one is not its leaf's tag.</summary>
    public const string KeysMalformed = "keys-malformed";

    /// <summary>The head of a log is not what its batches make.</summary>
    public const string HeadMismatch = "head-mismatch";

    /// <summary>A register row was written by an entry that is not in the log.</summary>
    public const string StateAhead = "state-ahead";

    /// <summary>A published checkpoint covers more entries than are stored: entries were lost, or this is an older copy.</summary>
    public const string CheckpointAhead = "checkpoint-ahead";

    /// <summary>The published checkpoint is not what the batches make.</summary>
    public const string CheckpointMismatch = "checkpoint-mismatch";

    /// <summary>The published checkpoint is none, or not signed by the log's key.</summary>
    public const string CheckpointInvalid = "checkpoint-invalid";

    /// <summary>A hash tile that has to be stored is not.</summary>
    public const string TileMissing = "tile-missing";

    /// <summary>A stored hash tile is not the one that the entries make, or has no business there.</summary>
    public const string TileMismatch = "tile-mismatch";

    /// <summary>The search index is not the one that the batches make.</summary>
    public const string IndexMismatch = "index-mismatch";

    /// <summary>A key file is missing (warning).</summary>
    public const string KeyMissing = "key-missing";

    /// <summary>A key file does not hold a key.</summary>
    public const string KeyMalformed = "key-malformed";

    /// <summary>A key file is not the key that the log is signed under.</summary>
    public const string KeyMismatch = "key-mismatch";

    /// <summary>A key file can be read by others than its owner.</summary>
    public const string KeyExposed = "key-exposed";
}
