using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Mandates;

/// <summary>Why somebody may act for another: a guardian for a child under 14 (PIPL art. 31), an agent because the principal said so (Civil Code art. 161 to 163).</summary>
[JsonConverter(typeof(StrictEnumConverter<MandateKind>))]
public enum MandateKind { None = 0, Guardian, Agent }
