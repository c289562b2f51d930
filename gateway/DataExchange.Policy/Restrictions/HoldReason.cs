using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Restrictions;

/// <summary>Why a person's records are to be hidden.</summary>
[JsonConverter(typeof(StrictEnumConverter<HoldReason>))]
public enum HoldReason
{
    None = 0,
    /// <summary>Somebody threatens the person: violence in the family, stalking.</summary>
    PersonalSafety,
    /// <summary>The person is a protected witness or reporter.</summary>
    WitnessProtection,
    /// <summary>The police ask for it.</summary>
    PoliceRequest,
    /// <summary>A court orders it.</summary>
    CourtOrder,
    /// <summary>The person is a child in care.</summary>
    ChildProtection,
}
