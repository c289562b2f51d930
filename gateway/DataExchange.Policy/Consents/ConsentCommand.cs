using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>What somebody wants to happen to a consent.</summary>
public abstract record ConsentCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => ConsentMachine.Handle(this, rules, now);
}

/// <summary>A department asks for consent.</summary>
public sealed record RequestConsent : ConsentCommand
{
    /// <summary>Member code of the department that asks and will receive.</summary>
    public required string Recipient { get; init; }
    public required string Notice { get; init; }
    public required string Language { get; init; }
    public required string Purpose { get; init; }
    public required string Dataset { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required ConsentKind Kind { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    /// <summary>How many releases it is to permit, in all or in each period; null for any number.</summary>
    public int? MaxUses { get; init; }
    public ConsentPeriod? Period { get; init; }
}

/// <summary>The subject, or a clerk with evidence of the subject's will, decides over a consent.</summary>
public sealed record DecideConsent : ConsentCommand
{
    public required string Id { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.FindConsent(Id)?.LogIndex;

    public required ConsentDecision Decision { get; init; }
    /// <summary>SHA-256 of the evidence, base64; required with a clerk.</summary>
    public string? EvidenceHash { get; init; }
    /// <summary>The new end of the term; with <see cref="ConsentDecision.Renew"/> and nothing else.</summary>
    public DateTimeOffset? ValidTo { get; init; }
}

/// <summary>The gateway counts a use, before it releases anything. Nobody else can give it.</summary>
public sealed record UseConsent : ConsentCommand
{
    public required string Id { get; init; }

    /// <summary>Index of the exchange's intent in the access log.</summary>
    public required long Exchange { get; init; }
}

public enum ConsentDecision { None = 0, Give, Refuse, Withdraw, Renew }
