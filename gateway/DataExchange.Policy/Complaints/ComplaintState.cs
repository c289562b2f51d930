using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Complaints;

/// <summary>Where a complaint stands.</summary>
[JsonConverter(typeof(StrictEnumConverter<ComplaintState>))]
public enum ComplaintState { None = 0, Received, Assigned, Answered, Upheld, Rejected, Withdrawn }
