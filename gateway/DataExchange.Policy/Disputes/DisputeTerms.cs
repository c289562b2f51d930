using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Disputes;

/// <summary>What a dispute is about.</summary>
[JsonConverter(typeof(StrictEnumConverter<DisputeMatter>))]
public enum DisputeMatter { None = 0, Agreement, Dataset, Correction }

/// <summary>What the claimant says. A closed list: a free text would stand in an open entry for ever, and might name a person.</summary>
[JsonConverter(typeof(StrictEnumConverter<DisputeGround>))]
public enum DisputeGround
{
    None = 0,
    /// <summary>Sharing was refused without a condition of the catalogue.</summary>
    RefusedWithoutGround,
    /// <summary>More conditions than the catalogue has.</summary>
    ConditionNotInCatalogue,
    /// <summary>An answer or the provision is late.</summary>
    Late,
    /// <summary>The data do not have the quality that was agreed.</summary>
    Quality,
    /// <summary>The data are used for something else than was agreed.</summary>
    UseBeyondAgreement,
    /// <summary>A correction was refused, or answered wrongly.</summary>
    CorrectionRefused,
    /// <summary>Who owns the data.</summary>
    Ownership,
}

/// <summary>How a mediation or a decision came out.</summary>
[JsonConverter(typeof(StrictEnumConverter<DisputeResult>))]
public enum DisputeResult { None = 0, ForClaimant, ForRespondent, InPart }

/// <summary>The rungs of Order 809 art. 28, and the ends.</summary>
[JsonConverter(typeof(StrictEnumConverter<DisputeState>))]
public enum DisputeState
{
    None = 0,
    /// <summary>The departments consult.</summary>
    Consultation,
    /// <summary>The government data authority mediates.</summary>
    Mediation,
    /// <summary>The people's government decides.</summary>
    Decision,
    Settled,
    Decided,
    Withdrawn,
}
