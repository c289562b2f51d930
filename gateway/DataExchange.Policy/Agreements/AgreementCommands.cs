using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>What somebody wants to happen to an agreement.</summary>
public abstract record AgreementCommand : GovernanceCommand
{
    /// <summary>Id of the agreement.</summary>
    public required string Id { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Agreements.FindRecord(Id)?.LogIndex;

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => AgreementMachine.Handle(this, rules, now);
}

/// <summary>A party takes a step.</summary>
/// <param name="Step">Which.</param>
public abstract record AgreementStepCommand(AgreementStep Step) : AgreementCommand;

/// <summary>The consumer drafts the first revision, or the next.</summary>
public sealed record DraftAgreement(SharingAgreement Agreement) : AgreementStepCommand(AgreementStep.Draft);

/// <summary>The consumer writes its draft anew.</summary>
public sealed record ReviseAgreement(SharingAgreement Agreement) : AgreementStepCommand(AgreementStep.Revise);

/// <summary>The consumer asks for what it drafted.</summary>
public sealed record SubmitAgreement() : AgreementStepCommand(AgreementStep.Submit);

/// <summary>The provider wants the request completed.</summary>
public sealed record RequestSupplement(string Reason) : AgreementStepCommand(AgreementStep.RequestSupplement);

/// <summary>The consumer completes it.</summary>
public sealed record SupplementAgreement(SharingAgreement Agreement) : AgreementStepCommand(AgreementStep.Supplement);

/// <summary>The provider takes longer.</summary>
/// <param name="Days">Working days, 1 to 10.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtendAgreement(int Days, string Reason) : AgreementStepCommand(AgreementStep.Extend);

/// <summary>A party signs.</summary>
/// <param name="Approval">Its signature under the revision as it is written, a compact JWS.</param>
public sealed record ApproveAgreement(string Approval) : AgreementStepCommand(AgreementStep.Approve);

/// <summary>A party refuses.</summary>
public sealed record RefuseAgreement(IReadOnlyList<RefusalReason> Reasons) : AgreementStepCommand(AgreementStep.Refuse);

/// <summary>The consumer takes its request back.</summary>
public sealed record WithdrawAgreement(string Reason) : AgreementStepCommand(AgreementStep.Withdraw);

/// <summary>The provider confirms that the data are connected: from here on the agreement is in force.</summary>
public sealed record ProvisionAgreement() : AgreementStepCommand(AgreementStep.Provision);

/// <summary>A party suspends what is in force.</summary>
public sealed record SuspendAgreement(string Reason) : AgreementStepCommand(AgreementStep.Suspend);

/// <summary>Whoever suspended it lets it go on; where a rule did, the provider.</summary>
public sealed record ResumeAgreement(string Reason) : AgreementStepCommand(AgreementStep.Resume);

/// <summary>A party ends it for good.</summary>
public sealed record TerminateAgreement(string Reason) : AgreementStepCommand(AgreementStep.Terminate);

/// <summary>A clock was missed. Given by the gateway itself; refused when the log says so already, so giving it twice does no harm.</summary>
/// <param name="Revision">The revision that waits.</param>
/// <param name="Clock">Code of the clock.</param>
public sealed record EscalateAgreement(int Revision, string Clock) : AgreementCommand;

/// <summary>A rule of the agreement has come true. Given by the gateway itself.</summary>
/// <param name="Revision">The revision that holds the rule.</param>
/// <param name="Rule">The rule.</param>
public sealed record SuspendAgreementByRule(int Revision, SuspensionRule Rule) : AgreementCommand;
