using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Anomalies;

/// <summary>What follows from a finding, beside its entry in the log and its place in the review queue.</summary>
[JsonConverter(typeof(StrictEnumConverter<AnomalyAction>))]
public enum AnomalyAction
{
    /// <summary>Nothing else.</summary>
    Report = 0,

    /// <summary>The official signs in more strongly; with such a token the request goes on.</summary>
    StepUp,

    /// <summary>Requests are refused until the window of the finding ends.</summary>
    Throttle,

    /// <summary>Requests are refused until a reviewer has closed the finding as justified.</summary>
    HoldForReview,
}
