using DataExchange.Contracts.Proposals;
using DataExchange.Contracts.Records;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Proposals;

/// <summary>A proposal as the API shows it.</summary>
internal static class ProposalViews
{
    public static ProposalView Show(Proposal proposal, RegionSnapshot rules, DateTimeOffset now, Receipt? receipt = null)
    {
        var (state, document) = (proposal.StateIn(rules, now), proposal.Document());
        var isDecided = proposal.State != ProposalState.Open && proposal.Tally is not null;
        var members = isDecided ? proposal.Tally!.Members : rules.Membership.ActiveCount;
        return new ProposalView
        {
            Id = proposal.Id,
            State = NameOf(state),
            Obstacle = state == ProposalState.Outdated ? RegionChanges.Obstacle(proposal.Made, rules) : null,
            Made = proposal.MadeAt,
            Document = document,
            Sha256 = SignedStatement.HashOf(document),
            Required = isDecided ? proposal.Tally!.Required : rules.Proposals.Required(members),
            Members = members,
            Approvals = [.. proposal.Votes.Where(vote => vote.Approves).Select(Show)],
            Rejections = [.. proposal.Votes.Where(vote => !vote.Approves).Select(Show)],
            LogIndex = proposal.LogIndex,
            Receipt = receipt,
        };
    }

    public static bool IsState(string name) => Enum.GetValues<ProposalState>().Any(state => state != ProposalState.None && NameOf(state) == name);

    private static ProposalVote Show(Vote vote) => new(vote.Signer.Member, vote.Signer.Key, vote.Signature, vote.LogIndex) { Reason = vote.Reason };

    private static string NameOf(ProposalState state) => state.ToString().ToLowerInvariant();
}
