using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Corrections;

/// <summary>Where a reported error stands. While it is <see cref="Reported"/> or <see cref="Verifying"/>, the value is disputed.</summary>
[JsonConverter(typeof(StrictEnumConverter<CorrectionState>))]
public enum CorrectionState { None = 0, Reported, Verifying, Corrected, Rejected, Withdrawn }
