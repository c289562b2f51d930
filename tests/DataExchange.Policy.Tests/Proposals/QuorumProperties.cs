using CsCheck;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestMembers;

namespace DataExchange.Policy.Tests.Proposals;

/// <summary>What holds of the quorum whatever members do, counted again from the events alone.</summary>
public class QuorumProperties
{
    private const int Members = 5;

    private enum Deed { Propose, Suspend, Reinstate, SetQuorum, Approve, ApproveAgain, Reject, Withdraw, Rotate }

    private sealed record Step(Deed Deed, int Member, int Other, int Which);

    private static readonly Gen<Step[]> Stories = Gen.Select(
        Gen.Int[0, 15].Select(i => i < 9 ? (Deed)i : Deed.Approve), Gen.Int[1, Members], Gen.Int[1, Members], Gen.Int[0, 3],
        (deed, member, other, which) => new Step(deed, member, other, which)).Array[20, 60];

    [Fact]
    public void Nothing_is_enacted_with_fewer_than_k_distinct_members_that_are_not_suspended()
    {
        var (enactments, suspensions) = (0, 0);
        Stories.Sample(story =>
        {
            var events = new List<GovernanceEvent>();
            var rules = Region(Members);
            foreach (var step in story)
            {
                var before = rules;
                if (Command(step, rules)?.Handle(rules, Now).Event is not { } @event)
                {
                    continue;
                }

                Assert.Null(LogBreach.Find(rules, @event, rules.GovernanceSize, Now));
                events.Add(@event);
                rules = rules.Then(@event);
                if (@event is ProposalEvent { Id: var id } && rules.Proposals.Find(id)!.State == ProposalState.Enacted)
                {
                    var active = before.Membership.ActiveCount;
                    var required = before.Proposals.Quorum?.Approvals ?? (active / 2) + 1;
                    Interlocked.Increment(ref enactments);
                    Interlocked.Add(ref suspensions, before.Membership.ActiveCount - rules.Membership.ActiveCount == 1 ? 1 : 0);
                    Assert.IsType<ProposalApproved>(@event);
                    Assert.True(Approvers(events, id).Count >= required, $"Enacted by {string.Join(", ", Approvers(events, id))}, where {required} of {active} are needed.");
                }
            }
        },
        iter: 300);
        Assert.True(enactments > 100 && suspensions > 10, $"The stories tell of {enactments} enactments and {suspensions} suspensions: too few to show anything.");
    }

    [Fact]
    public void The_rules_are_the_same_when_the_log_is_read_again() => Stories.Sample(
        story =>
        {
            var (live, replayed) = (Region(Members), Region(Members));
            foreach (var step in story)
            {
                if (Command(step, live)?.Handle(live, Now).Event is { } @event)
                {
                    live = live.Then(@event);
                    replayed = replayed.Then(GovernanceRecords.Read(@event.Kind, GovernanceRecords.Write(@event)));
                }
            }

            Assert.Equal(Dump(live), Dump(replayed));
        },
        iter: 100);

    /// <summary>
    /// Counted anew, from the events alone: whoever approved last, was not suspended since, and has not retired the key since.
    /// </summary>
    private static HashSet<string> Approvers(List<GovernanceEvent> events, string id)
    {
        var approvers = new HashSet<string>();
        var proposals = events.OfType<ProposalMade>().ToDictionary(made => made.Id);
        var rules = Region(Members);
        foreach (var @event in events)
        {
            switch (@event)
            {
                case ProposalApproved vote when vote.Id == id:
                    approvers.Add(vote.Signer.Member);
                    break;
                case ProposalRejected vote when vote.Id == id:
                    approvers.Remove(vote.Signer.Member);
                    break;
                case KeyRotated rotated:
                    approvers.Remove(rotated.Code);
                    break;
            }

            var after = rules.Then(@event);
            if (@event is ProposalApproved { Id: var enacted } && enacted != id && after.Proposals.Find(enacted)!.State == ProposalState.Enacted
                && RegionChanges.Read(proposals[enacted].ChangeKind, proposals[enacted].Change).Change is MemberSuspended suspended)
            {
                approvers.Remove(suspended.Code);
            }

            rules = after;
        }

        return approvers;
    }

    private static GovernanceCommand? Command(Step step, RegionSnapshot rules)
    {
        var open = rules.Proposals.All.Where(proposal => proposal.State == ProposalState.Open).OrderBy(proposal => proposal.MadeIndex).ToList();
        var proposal = open.Count > 0 ? open[step.Which % open.Count] : null;
        return step.Deed switch
        {
            Deed.Propose => Propose(step.Member, new PurposeRegistered(Purpose("rental", days: step.Other))),
            Deed.Suspend => Propose(step.Member, new MemberSuspended($"m{step.Other}", "x")),
            Deed.Reinstate => Propose(step.Member, new MemberReinstated($"m{step.Other}", "x")),
            Deed.SetQuorum => Propose(step.Member, new QuorumSet(new RegionQuorum { Approvals = step.Other })),
            Deed.Approve or Deed.ApproveAgain when proposal is not null => Approve(step.Member, proposal, KeyOf(step.Member, rules)),
            Deed.Reject when proposal is not null => Reject(step.Member, proposal),
            Deed.Withdraw when proposal is not null && step.Which == 0 => new WithdrawProposal { By = Steward(step.Member), Id = proposal.Id },
            Deed.Rotate => Rotate(step.Member, rules),
            _ => null,
        };
    }

    /// <summary>Each member changes its key once: <c>k{i}</c> becomes <c>k{i + 5}</c>.</summary>
    private static RotateKeys? Rotate(int member, RegionSnapshot rules)
    {
        var entry = rules.Membership.Find($"m{member}")!;
        var keys = Jwks(member + Members);
        return KeyOf(member, rules) != member ? null : new RotateKeys
        {
            By = Steward(member),
            Code = entry.Member.Code,
            Keys = keys,
            Signature = Sign(member, SignedStatement.Of("keys", $"m{member}@{entry.LogIndex}", keys)),
        };
    }

    private static int KeyOf(int member, RegionSnapshot rules) => rules.Membership.Find($"m{member}")!.HasKey($"k{member}") ? member : member + Members;

    private static string Dump(RegionSnapshot rules) => string.Join('\n',
    [
        .. rules.Membership.All.OrderBy(entry => entry.Member.Code).Select(entry =>
            $"{entry.Member.Code} {entry.State} {entry.SuspendedBecause} {entry.LogIndex} {entry.StandingIndex} {entry.Member.Keys.GetRawText()} {string.Join(',', entry.Keys.Select(key => $"{key.Id}:{key.From}-{key.Until}"))}"),
        .. rules.Proposals.All.OrderBy(proposal => proposal.MadeIndex).Select(proposal =>
            $"{proposal.Id} {proposal.State} {proposal.Document().GetRawText()} {proposal.Tally} {proposal.LogIndex} {string.Join(',', proposal.Votes)}"),
        $"{rules.Proposals.Quorum} {rules.Proposals.QuorumIndex} {rules.FindPurpose("rental")!.RetentionDays} {rules.GovernanceSize}",
    ]);
}
