using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Agreements;

/// <summary>What a request can be refused for; nothing else is a ground (Order 809 art. 14 and 15).</summary>
[JsonConverter(typeof(StrictEnumConverter<RefusalGround>))]
public enum RefusalGround
{
    None = 0,

    /// <summary>The request itself is not in order: something that it has to say is missing or wrong.</summary>
    FormFault,

    /// <summary>A condition that stands in the catalogue entry is not met. Only for a dataset that is shared under conditions.</summary>
    ConditionNotMet,

    /// <summary>The catalogue changed since: the revision asked for is no longer published, or may no longer be shared.</summary>
    DatasetChanged,
}

/// <summary>One reason of a refusal.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="Detail">What is amiss, in the words of whoever refuses; no personal data, for the log is open.</param>
/// <param name="At">With a fault of form: where in the request, as a JSON path such as <c>$.scenario</c>.</param>
/// <param name="Condition">With a condition that is not met: the condition, word for word as the catalogue has it.</param>
public sealed record RefusalReason(RefusalGround Ground, string Detail, string? At = null, string? Condition = null);
