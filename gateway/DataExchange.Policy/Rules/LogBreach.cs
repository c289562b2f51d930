using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Members;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Rules;

/// <summary>
/// What may not stand in the log, whoever wrote it. The commands of this gateway write nothing of the kind; somebody who writes the log without
/// them, the operator above all, could. No gateway goes on under such a log, so the rules of the members cannot be changed with it.
/// </summary>
public static class LogBreach
{
    /// <summary>Why the entry may not stand there; null where it may.</summary>
    /// <param name="rules">The rules before it.</param>
    /// <param name="event">What it says.</param>
    /// <param name="index">Its index.</param>
    /// <param name="time">Its log time.</param>
    public static string? Find(RegionSnapshot rules, GovernanceEvent @event, long index, DateTimeOffset time) => @event switch
    {
        _ when index >= rules.FoundingEnd && RegionChanges.IsProposable(@event.Kind) => "such a change takes effect only by a proposal that the members approved",
        ProposalMade made => RegionChanges.Read(made.ChangeKind, made.Change).Change is null ? "it proposes what nobody can propose" : null,
        ProposalApproved vote => Vote(rules, vote, vote.Signature, proposal => proposal.Approval(), time),
        ProposalRejected vote => Vote(rules, vote, vote.Signature, proposal => proposal.Rejection(vote.Reason), time),
        ProposalWithdrawn step => rules.Proposals.Find(step.Id)?.State == ProposalState.Open ? null : "there is no such open proposal",
        KeyRotated change => Own(rules, change, change.Of, change.Signature, SignedStatement.Of(SignedStatement.Keys, $"{change.Code}@{change.Of}", change.Keys)),
        ClientsSet change => Own(rules, change, change.Of, change.Signature, SignedStatement.Of(SignedStatement.Clients, $"{change.Code}@{change.Of}", Written.Of(change.Clients))),
        _ => null,
    };

    private static string? Vote(RegionSnapshot rules, ProposalEvent vote, string signature, Func<Proposal, byte[]> statement, DateTimeOffset time) =>
        rules.Proposals.Find(vote.Id) is not { } proposal || proposal.StateIn(rules, time) != ProposalState.Open ? "there is no such open proposal"
        : Verifies(rules, signature, statement(proposal)) is null ? "its signature is none of a member"
        : null;

    private static string? Own(RegionSnapshot rules, MemberEvent change, long version, string signature, byte[] statement) =>
        rules.Membership.Find(change.Code)?.LogIndex != version ? "it is about another version of the member"
        : Verifies(rules, signature, statement) != change.Code ? "its signature is none of the member"
        : null;

    private static string? Verifies(RegionSnapshot rules, string signature, byte[] statement) =>
        MemberSignature.TryVerify(signature, statement, rules.Membership.FindActive, out var signer) ? signer.Member : null;
}
