using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

[JsonConverter(typeof(StrictEnumConverter<AgreementState>))]
public enum AgreementState { None = 0, Draft, Submitted, SupplementRequested, Approved, Refused, Active, Suspended, Terminated, Expired, Withdrawn }
