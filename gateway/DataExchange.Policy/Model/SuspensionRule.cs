using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>What a suspension rule counts: exchanges under the agreement that ended so.</summary>
[JsonConverter(typeof(StrictEnumConverter<SuspensionCause>))]
public enum SuspensionCause
{
    None = 0,

    /// <summary>The rules refused what the consumer asked under the agreement.</summary>
    Refusals,

    /// <summary>The provider's answer broke the schema or was about somebody else.</summary>
    SchemaViolations,
}

/// <summary>A clause by which the agreement suspends itself: after so many of these within so many days of 24 hours.</summary>
/// <param name="Of">What is counted.</param>
/// <param name="After">How many suspend; at least 1.</param>
/// <param name="WithinDays">Length of the sliding window, 1 to 366.</param>
public sealed record SuspensionRule(SuspensionCause Of, int After, int WithinDays);
