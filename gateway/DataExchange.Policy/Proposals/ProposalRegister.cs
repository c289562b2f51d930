using System.Collections.Immutable;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Proposals;

/// <summary>The proposals at one size of the governance log, and the quorum that they need. Immutable.</summary>
public sealed class ProposalRegister
{
    internal static readonly ProposalRegister Empty = new(ImmutableDictionary.Create<string, Proposal>(StringComparer.Ordinal), [], null, null);

    private readonly ImmutableDictionary<string, Proposal> _byId;
    private readonly ImmutableHashSet<string> _open;

    private ProposalRegister(ImmutableDictionary<string, Proposal> byId, ImmutableHashSet<string> open, RegionQuorum? quorum, long? quorumIndex) =>
        (_byId, _open, Quorum, QuorumIndex) = (byId, open, quorum, quorumIndex);

    /// <summary>Every proposal that was ever made.</summary>
    public IEnumerable<Proposal> All => _byId.Values;

    /// <summary>What the members set; null where a majority decides.</summary>
    public RegionQuorum? Quorum { get; }

    /// <summary>Index of the entry that set it; null where none did.</summary>
    public long? QuorumIndex { get; }

    public Proposal? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Approvals that a proposal needs among so many members that are not suspended: as many as the members set, or more than half.</summary>
    public int Required(int members) => Quorum?.Approvals ?? (members / 2) + 1;

    internal ProposalRegister Apply(ProposalEvent @event, MemberRegister members, long index, DateTimeOffset time) => Set(@event switch
    {
        ProposalMade made => new Proposal { Made = made, MadeAt = time, MadeIndex = index, LogIndex = index },
        ProposalApproved approved => _byId[@event.Id].With(new Vote(approved.Signer, true, approved.Signature, index), members, Required(members.ActiveCount)),
        ProposalRejected rejected => _byId[@event.Id].With(
            new Vote(rejected.Signer, false, rejected.Signature, index) { Reason = rejected.Reason }, members, Required(members.ActiveCount)),
        ProposalWithdrawn => _byId[@event.Id] with { State = ProposalState.Withdrawn, LogIndex = index },
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    });

    internal ProposalRegister Apply(QuorumSet set, long index) => new(_byId, _open, set.Quorum, index);

    /// <summary>After a change of a member: the votes in open proposals that still count.</summary>
    internal ProposalRegister Counting(MemberRegister members) =>
        _open.Aggregate(this, (register, id) => register._byId[id].Counting(members) is var counted && ReferenceEquals(counted, register._byId[id]) ? register : register.Set(counted));

    private ProposalRegister Set(Proposal proposal) => new(
        _byId.SetItem(proposal.Id, proposal),
        proposal.State == ProposalState.Open ? _open.Add(proposal.Id) : _open.Remove(proposal.Id),
        Quorum, QuorumIndex);
}
