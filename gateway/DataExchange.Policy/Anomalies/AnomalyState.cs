using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Anomalies;

/// <summary>Where a finding is in its review. The zero value holds whom it asks to hold.</summary>
[JsonConverter(typeof(StrictEnumConverter<AnomalyState>))]
public enum AnomalyState
{
    /// <summary>Nobody looks into it yet.</summary>
    Found = 0,

    /// <summary>A reviewer looks into it.</summary>
    Assigned,

    /// <summary>There was a reason for what the official did; they may go on.</summary>
    Justified,

    /// <summary>There was none. A hold stays.</summary>
    Unjustified,

    /// <summary>The hold of an unjustified finding was lifted.</summary>
    Lifted,
}
