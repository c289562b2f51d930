using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>What a release waits for.</summary>
[JsonConverter(typeof(StrictEnumConverter<WitnessRequirement>))]
public enum WitnessRequirement
{
    None = 0,

    /// <summary>Cosignatures follow in the background.</summary>
    Async,

    /// <summary>No release until the quorum has cosigned a checkpoint that covers its outcome.</summary>
    Required,
}

/// <summary>Who witnesses the region's logs, and who of them is enough.</summary>
public sealed record WitnessAppointment
{
    public required WitnessRequirement Mode { get; init; }

    /// <summary>A C2SP tlog-policy, word for word: the text that anybody's verifier takes. Opaque here; the host refuses one that does not parse.</summary>
    public required string Policy { get; init; }
}
