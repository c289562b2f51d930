using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Restrictions;

/// <summary>A protective hold hides a person's records, and that it does; an objection of the person (PIPL art. 44) does not hide itself.</summary>
[JsonConverter(typeof(StrictEnumConverter<RestrictionKind>))]
public enum RestrictionKind { None = 0, Hold, Objection }
