using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Decisions;

/// <summary>A decision, and what the gates found on the way to it. What is null was not found, or nobody looked.</summary>
public sealed record DecisionTrace
{
    public required ExchangeRequest Request { get; init; }

    /// <summary>What it was decided under.</summary>
    public required RegionSnapshot Rules { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Now { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>Gate 1: the member that the client is registered to.</summary>
    public Member? Consumer { get; init; }

    /// <summary>Gate 2: the registered purpose.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>Gate 4: the published dataset.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>Gate 5: the agreement relied on.</summary>
    public SharingAgreement? Agreement { get; init; }

    /// <summary>Gate 5: what it grants for the purpose.</summary>
    public Grant? Grant { get; init; }

    /// <summary>Whether gates 8 to 10 ran; where they did not, nothing was found out about the person.</summary>
    public required bool LookedAtPerson { get; init; }
}
