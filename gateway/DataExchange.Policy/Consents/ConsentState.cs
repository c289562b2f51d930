using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Consents;

/// <summary>Where a consent stands. Only <see cref="Given"/> and <see cref="Renewed"/> permit anything.</summary>
[JsonConverter(typeof(StrictEnumConverter<ConsentState>))]
public enum ConsentState { None = 0, Requested, Given, Refused, RequestExpired, Renewed, Withdrawn, Revoked, Expired, Exhausted, Invalidated, Superseded }
