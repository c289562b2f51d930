using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Restrictions;

/// <summary>Where a restriction stands. Only <see cref="InForce"/> restricts, and a hold only until its end: <see cref="Expired"/> is a matter of time, no entry says it.</summary>
[JsonConverter(typeof(StrictEnumConverter<RestrictionState>))]
public enum RestrictionState { None = 0, Requested, InForce, Refused, Lifted, Expired }
