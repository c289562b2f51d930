using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Mandates;

/// <summary>Where a mandate stands. Only <see cref="Active"/> permits anything, and only within its term: <see cref="Expired"/> is a matter of time, no entry says it.</summary>
[JsonConverter(typeof(StrictEnumConverter<MandateState>))]
public enum MandateState { None = 0, Requested, Active, Refused, Revoked, Expired }
