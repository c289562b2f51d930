namespace DataExchange.TransparencyLog;

/// <summary>What a release waits for.</summary>
public enum WitnessMode
{
    /// <summary>No release until the quorum has cosigned a checkpoint that covers its outcome. The zero value: the stricter one.</summary>
    Required = 0,

    /// <summary>A release waits for durability and the log's own signature; cosignatures follow in the background.</summary>
    Async = 1,
}
