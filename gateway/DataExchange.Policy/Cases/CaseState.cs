using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Cases;

/// <summary>
/// Where a case stands. Ready: everything that its matter requires is answered. Records are asked for in <see cref="Open"/> and
/// <see cref="Ready"/> only. Time alone makes a case <see cref="Expired"/>; only one that was carried over from a log that lost entries says so itself.
/// </summary>
[JsonConverter(typeof(StrictEnumConverter<CaseState>))]
public enum CaseState { None = 0, Open, Ready, Completed, Cancelled, Expired }
