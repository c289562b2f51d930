using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Disputes;

/// <summary>Command → event or refusal. Pure. <c>contracts/state-machines.md</c> holds the table.</summary>
internal static class DisputeMachine
{
    private static readonly StepTable<DisputeState> Steps = new(
        new(DisputeState.Consultation, "mediate", "claimant", "respondent"),
        new(DisputeState.Consultation, "settle", "claimant"),
        new(DisputeState.Consultation, "withdraw", "claimant"),
        new(DisputeState.Mediation, "refer", "claimant", "respondent"),
        new(DisputeState.Mediation, "settle", "claimant"),
        new(DisputeState.Mediation, "withdraw", "claimant"),
        new(DisputeState.Decision, "decide", "authority"),
        new(DisputeState.Decision, "withdraw", "claimant"));

    public static CommandOutcome Handle(DisputeCommand command, RegionSnapshot rules) => command switch
    {
        OpenDispute open => Open(open, rules),
        DisputeStep step => Take(step, rules),
        _ => throw new InvalidOperationException($"No rule says what {command.GetType().Name} does."),
    };

    /// <summary>What a steward is to a dispute, in the words of <c>contracts/state-machines.md</c>.</summary>
    public static IReadOnlyList<string> PartsOf(Dispute dispute, Party by, RegionSnapshot rules) => by.Member is not { } member || !by.Is(Roles.Steward)
        ? []
        :
        [
            .. member == dispute.Claimant ? ["claimant"] : Array.Empty<string>(),
            .. member == dispute.Respondent ? ["respondent"] : Array.Empty<string>(),
            .. rules.FindMember(member) is { DataAuthority: true } ? ["authority"] : Array.Empty<string>(),
        ];

    private static CommandOutcome Open(OpenDispute open, RegionSnapshot rules)
    {
        if (open.By.Member is not { } claimant || !open.By.Is(Roles.Steward))
        {
            return CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A dispute is opened by a department's steward.");
        }

        if (open.Respondent == claimant || rules.FindMember(open.Respondent) is null || open.Ground == DisputeGround.None || !IsThere(open, claimant, rules))
        {
            return CommandOutcome.Refuse(
                ProblemSlugs.RequestMalformed, "A dispute is with another member, has a ground, and is about an agreement of the two, a dataset of one of them, or a correction between them.");
        }

        return CommandOutcome.Accept(new DisputeOpened(NewId(rules.GovernanceSize), claimant, open.Respondent, open.Matter, open.Reference, open.Ground));
    }

    /// <summary>Whether the two have to do with each other in this. A correction's id leads to nobody, and says only that there is one.</summary>
    private static bool IsThere(OpenDispute open, string claimant, RegionSnapshot rules)
    {
        bool AreTheTwo(string? one, string? other) => (one == claimant && other == open.Respondent) || (one == open.Respondent && other == claimant);
        return open.Matter switch
        {
            DisputeMatter.Agreement => rules.Agreements.Find(open.Reference) is { Agreement: var agreement } && AreTheTwo(agreement.Consumer, agreement.Provider),
            DisputeMatter.Dataset => rules.FindDataset(open.Reference) is not null && open.Reference.Split('/')[0] is var owner && (owner == claimant || owner == open.Respondent),
            DisputeMatter.Correction => rules.Corrections.Find(open.Reference) is { } correction
                && (AreTheTwo(correction.ReportedBy, correction.Owner) || AreTheTwo(correction.ForwardedBy, correction.Owner)),
            _ => false,
        };
    }

    private static CommandOutcome Take(DisputeStep step, RegionSnapshot rules)
    {
        if (rules.Disputes.Find(step.Id) is not { } dispute)
        {
            return CommandOutcome.Refuse(ProblemSlugs.NotFound, "There is no such dispute.");
        }

        // The register is open to everybody: who is no part of it is refused and not left in the dark.
        if (Steps.Refusal(dispute.State, step.Step, PartsOf(dispute, step.By, rules)) is { } refusal)
        {
            return refusal;
        }

        return step switch
        {
            MediateDispute => CommandOutcome.Accept(new DisputeTaken(dispute.Id, DisputeState.Mediation, step.By.Member!)),
            ReferDispute => CommandOutcome.Accept(new DisputeTaken(dispute.Id, DisputeState.Decision, step.By.Member!)),
            WithdrawDispute => CommandOutcome.Accept(new DisputeWithdrawn(dispute.Id)),
            SettleDispute settle => WithDocument(settle.Document, new DisputeSettled(dispute.Id, settle.Document)),
            DecideDispute { Result: DisputeResult.None } => CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "A decision has a result."),
            DecideDispute decide => WithDocument(decide.Document, new DisputeDecided(dispute.Id, decide.Result, decide.Document)),
            _ => throw new InvalidOperationException($"No rule says what {step.GetType().Name} does."),
        };
    }

    private static CommandOutcome WithDocument(string document, GovernanceEvent @event) => EvidenceHash.IsSha256(document)
        ? CommandOutcome.Accept(@event)
        : CommandOutcome.Refuse(ProblemSlugs.RequestMalformed, "document is the SHA-256 of the written text in base64.");

    /// <summary>Unique: a governance size is used by one command only.</summary>
    private static string NewId(long governanceSize) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"dx-dispute {governanceSize}"))).AsSpan(0, 16));
}
