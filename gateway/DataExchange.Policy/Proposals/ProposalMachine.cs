using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Json;
using DataExchange.Policy.Members;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>Command → event or refusal. Stewards of members that are not suspended propose and decide; nobody else has a voice, the operator included.</summary>
internal static class ProposalMachine
{
    /// <summary>How long a proposal may be decided.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromDays(60);

    public static CommandOutcome Handle(ProposalCommand command, RegionSnapshot rules, DateTimeOffset now)
    {
        if (Stewardship.Refusal(command.By, rules) is { } refusal)
        {
            return refusal;
        }

        return command switch
        {
            MakeProposal make => Make(make, rules, now),
            ProposalStep step when rules.Proposals.Find(step.Id) is { } proposal => Decide(step, proposal, rules, now),
            _ => CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such proposal."),
        };
    }

    /// <summary>What this member may do with the proposal now, as the last part of the paths.</summary>
    public static IReadOnlyList<string> Legal(Proposal proposal, string? member, RegionSnapshot rules, DateTimeOffset now) =>
        (proposal.StateIn(rules, now), proposal.Made.Proposer == member) switch
        {
            (ProposalState.Open, true) => ["approve", "reject", "withdraw"],
            (ProposalState.Open, false) => ["approve", "reject"],
            (ProposalState.Outdated, true) => ["withdraw"],
            _ => [],
        };

    private static CommandOutcome Make(MakeProposal make, RegionSnapshot rules, DateTimeOffset now)
    {
        var faults = new FoundingFaults();
        faults.RequireReason(make.Reason, "$.reason");
        var (written, unread) = Written.Read(make.Change, "$.change");
        if (written is not { } document)
        {
            return CommandOutcome.Refuse([.. faults.All, .. unread]);
        }

        (var change, unread) = RegionChanges.Read(make.Kind, document);
        if (change is null)
        {
            return CommandOutcome.Refuse([.. faults.All, .. unread]);
        }

        var kind = RegionChanges.Of(change);
        if (kind.Conflict(change, rules) is var (why, next))
        {
            return CommandOutcome.Conflict(why, next);
        }

        kind.Check(change, rules, faults);
        foreach (var fault in make.HostCheck?.Invoke(change) ?? [])
        {
            faults.Add(fault.Path, fault.Message);
        }

        var made = new ProposalMade(
            RecordId.New("proposal", default, rules.GovernanceSize),
            make.Kind,
            document,
            make.Reason,
            make.By.Member!,
            now + Term)
        {
            Of = kind.VersionOf(change, rules),
        };
        faults.Require(GovernanceRecords.Write(made).Length <= FoundingFile.MaxRecordLength, "$", $"takes more than the {FoundingFile.MaxRecordLength} bytes that a leaf holds. Shorten it.");
        return faults.All.Count == 0 ? CommandOutcome.Accept(made) : CommandOutcome.Refuse(faults.All);
    }

    private static CommandOutcome Decide(ProposalStep step, Proposal proposal, RegionSnapshot rules, DateTimeOffset now)
    {
        if (step is WithdrawProposal && step.By.Member != proposal.Made.Proposer)
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "Only the member that made a proposal withdraws it.");
        }

        var legal = Legal(proposal, step.By.Member, rules, now);
        return step switch
        {
            _ when !legal.Contains(NameOf(step)) => CommandOutcome.Conflict(Describe(proposal, rules, now), legal),
            ApproveProposal approve => Signed(approve.Signature, proposal.Approval(), step.By, rules) ?? CommandOutcome.Accept(new ProposalApproved(proposal.Id, approve.Signature)),
            RejectProposal reject => Reject(reject, proposal, rules),
            WithdrawProposal => CommandOutcome.Accept(new ProposalWithdrawn(proposal.Id)),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    private static CommandOutcome Reject(RejectProposal reject, Proposal proposal, RegionSnapshot rules)
    {
        var faults = new FoundingFaults();
        faults.RequireReason(reject.Reason, "$.reason");
        return faults.All.Count > 0
            ? CommandOutcome.Refuse(faults.All)
            : Signed(reject.Signature, proposal.Rejection(reject.Reason), reject.By, rules)
                ?? CommandOutcome.Accept(new ProposalRejected(proposal.Id, reject.Signature, reject.Reason));
    }

    private static CommandOutcome? Signed(string signature, byte[] statement, Party by, RegionSnapshot rules) => Stewardship.Signed(signature, statement, by.Member!, rules);

    private static string NameOf(ProposalStep step) => step switch
    {
        ApproveProposal => "approve",
        RejectProposal => "reject",
        WithdrawProposal => "withdraw",
        _ => throw new InvalidOperationException($"{step.GetType().Name} has no path."),
    };

    private static string Describe(Proposal proposal, RegionSnapshot rules, DateTimeOffset now) => proposal.StateIn(rules, now) switch
    {
        ProposalState.Expired => "The proposal's time is over.",
        ProposalState.Outdated => RegionChanges.Obstacle(proposal.Made, rules)!,
        var state => $"The proposal is {state.ToString().ToLowerInvariant()}.",
    };
}
