using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Erasures;

/// <summary>
/// Why personal information is to be deleted: PIPL art. 47(1), items 1 to 5. A closed list, because it stands in an open entry for ever
/// and a free text might name a person.
/// </summary>
[JsonConverter(typeof(StrictEnumConverter<ErasureBasis>))]
public enum ErasureBasis
{
    None = 0,
    /// <summary>Item 1: the purpose was achieved, cannot be achieved, or does not need the information any more.</summary>
    PurposeEnded,
    /// <summary>Item 2: the service has ended, or the time of retention.</summary>
    RetentionEnded,
    /// <summary>Item 3: the person withdrew consent.</summary>
    ConsentWithdrawn,
    /// <summary>Item 4: the handling broke a law or an agreement.</summary>
    Unlawful,
    /// <summary>Item 5: another law or regulation asks for it.</summary>
    OtherLaw,
}
