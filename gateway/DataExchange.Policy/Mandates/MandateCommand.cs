using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Mandates;

/// <summary>What somebody wants to happen to a mandate. The subject is the principal.</summary>
public abstract record MandateCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => MandateMachine.Handle(this, rules, now);
}

/// <summary>The principal names an agent, or a clerk registers a guardian or an agent with evidence.</summary>
public sealed record RequestMandate : MandateCommand
{
    public required MandateKind Kind { get; init; }
    public required SubjectHandle Delegate { get; init; }
    public required IReadOnlyList<SubjectHandle> Confirmers { get; init; }
    public required int Needed { get; init; }
    public required IReadOnlyList<string> Themes { get; init; }
    /// <summary>Null for at once.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    /// <summary>The principal's date of birth, where their number tells it.</summary>
    public DateOnly? BirthDate { get; init; }
    public string? EvidenceHash { get; init; }
}

/// <summary>A step of a mandate that is there.</summary>
public abstract record MandateStep : MandateCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    /// <summary>SHA-256 of the evidence, base64; required of a clerk.</summary>
    public string? EvidenceHash { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Mandates.Find(Id)?.LogIndex;
}

/// <summary>The delegate accepts, or one whose confirmation counts confirms.</summary>
public sealed record ConfirmMandate : MandateStep
{
    public override string Step => "confirm";
}

/// <summary>One of those who were asked says no: the mandate never comes to be.</summary>
public sealed record RefuseMandate : MandateStep
{
    public override string Step => "refuse";
}

/// <summary>The principal, a guardian or the delegate ends it.</summary>
public sealed record RevokeMandate : MandateStep
{
    public override string Step => "revoke";
}
