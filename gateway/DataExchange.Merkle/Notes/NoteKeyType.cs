namespace DataExchange.Merkle;

/// <summary>Signature types of C2SP signed-note. Others exist; their lines are ignored as unknown keys.</summary>
public enum NoteKeyType
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 1,

    /// <summary>C2SP tlog-cosignature: Ed25519 over a time and a checkpoint.</summary>
    CosignatureV1 = 4,
}
