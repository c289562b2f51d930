using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Complaints;

/// <summary>What a complaint is about.</summary>
[JsonConverter(typeof(StrictEnumConverter<ComplaintGround>))]
public enum ComplaintGround
{
    None = 0,
    /// <summary>Somebody looked who had no business to.</summary>
    UnjustifiedAccess,
    /// <summary>More was used than the person agreed to.</summary>
    BeyondConsent,
    /// <summary>The person was put under pressure to consent.</summary>
    PressedToConsent,
    /// <summary>A reported error was not taken seriously.</summary>
    CorrectionRefused,
    /// <summary>Papers were asked for although the record could be had.</summary>
    PapersDemanded,
    /// <summary>An official's conduct.</summary>
    Conduct,
}
