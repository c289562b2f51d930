using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.BreakGlass;

/// <summary>What cannot wait.</summary>
[JsonConverter(typeof(StrictEnumConverter<BreakGlassReason>))]
public enum BreakGlassReason { None = 0, LifeInDanger, PublicHealth, PublicSafety, ChildInDanger, Disaster }
