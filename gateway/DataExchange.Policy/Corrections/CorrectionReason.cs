using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Corrections;

/// <summary>What is wrong with a value.</summary>
[JsonConverter(typeof(StrictEnumConverter<CorrectionReason>))]
public enum CorrectionReason { None = 0, Wrong, Outdated, Missing, OtherPerson }
