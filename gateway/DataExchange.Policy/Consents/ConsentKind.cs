using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Consents;

/// <summary>PIPL: general (art. 13), separate (art. 29), written where a law asks for it.</summary>
[JsonConverter(typeof(StrictEnumConverter<ConsentKind>))]
public enum ConsentKind { None = 0, General, Separate, Written }
