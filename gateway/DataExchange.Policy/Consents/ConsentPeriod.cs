using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Consents;

/// <summary>How often uses are counted anew. Periods run from the moment of giving, so that no calendar and no time zone comes in.</summary>
[JsonConverter(typeof(StrictEnumConverter<ConsentPeriod>))]
public enum ConsentPeriod { None = 0, Day, Week, Month, Year }
