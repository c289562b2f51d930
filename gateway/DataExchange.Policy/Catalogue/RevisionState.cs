using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Catalogue;

/// <summary>Where a revision of a catalogue entry stands.</summary>
[JsonConverter(typeof(StrictEnumConverter<RevisionState>))]
public enum RevisionState
{
    /// <summary>There is no such revision.</summary>
    None = 0,
    Draft,
    UnderReview,
    Published,
    Superseded,
    Withdrawn,
}
