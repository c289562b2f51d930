namespace DataExchange.Merkle;

/// <summary>What a witness says to a submitted checkpoint. The zero value refuses.</summary>
public enum WitnessOutcome
{
    /// <summary>400: the body is not one of add-checkpoint.</summary>
    Malformed = 0,

    /// <summary>404: no log of that origin is witnessed here.</summary>
    UnknownOrigin,

    /// <summary>403: no trusted key of the origin has signed, or a line that bears a trusted key's name and id does not verify.</summary>
    NotSigned,

    /// <summary>400: the old size is larger than the checkpoint's.</summary>
    OldSizeTooLarge,

    /// <summary>409 with the recorded size: the old size is not that of the latest checkpoint cosigned.</summary>
    SizeConflict,

    /// <summary>422: the consistency proof does not verify.</summary>
    NotConsistent,

    /// <summary>409: the size is the recorded one and the root is another. The log has signed two trees.</summary>
    RootConflict,

    /// <summary>200: to be recorded, and then cosigned.</summary>
    Cosign,
}
