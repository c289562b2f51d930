using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.BreakGlass;

/// <summary>
/// Where a grant stands. Only <see cref="Open"/> relaxes anything. Time alone leads from <see cref="Requested"/> to <see cref="Lapsed"/> and
/// from <see cref="Open"/> to <see cref="Ended"/>.
/// </summary>
[JsonConverter(typeof(StrictEnumConverter<BreakGlassState>))]
public enum BreakGlassState { None = 0, Requested, Refused, Lapsed, Open, Ended, UnderReview, Justified, Unjustified }
