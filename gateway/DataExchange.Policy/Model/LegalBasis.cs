using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>PIPL article 13(1), items 1 to 7.</summary>
[JsonConverter(typeof(StrictEnumConverter<LegalBasis>))]
public enum LegalBasis
{
    None = 0,
    Consent = 1,
    Contract = 2,
    StatutoryDuty = 3,
    Emergency = 4,
    NewsReporting = 5,
    AlreadyDisclosed = 6,
    OtherLaw = 7,
}
