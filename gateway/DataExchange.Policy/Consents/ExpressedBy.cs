using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Consents;

/// <summary>Who expressed it.</summary>
[JsonConverter(typeof(StrictEnumConverter<ExpressedBy>))]
public enum ExpressedBy { None = 0, Self, Guardian, Agent }
