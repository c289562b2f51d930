using DataExchange.Policy.Agreements;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Agreements.TestAgreements;

namespace DataExchange.Policy.Tests.Agreements;

/// <summary>Every state with every command and every party, against the table of <c>contracts/state-machines.md</c>.</summary>
public class AgreementMachineTests
{
    private const string Stranger = "stranger";

    private static readonly MachineTable Table = MachineTable.Read("Agreement");

    private static readonly Dictionary<string, string> Members = new()
    {
        ["consumer"] = "housing", ["provider"] = "registry", ["authority"] = "data-bureau", [Stranger] = "centre",
    };

    public static TheoryData<string, string, string> Everything
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var state in Table.States)
            {
                foreach (var command in Table.Commands)
                {
                    foreach (var party in Members.Keys)
                    {
                        data.Add(state, command, party);
                    }
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_table_has_every_step_and_every_state()
    {
        Assert.Equal(
            Enum.GetValues<AgreementStep>().Where(step => step != AgreementStep.None).Select(step => step == AgreementStep.RequestSupplement ? "request-supplement" : step.ToString().ToLowerInvariant()),
            Table.Commands);
        Assert.Equal(Enum.GetNames<AgreementState>().Where(name => name != "None").Order(), Table.States.Select(FirstWord).Distinct().Where(word => word != "(none)").Order());
        Assert.Equal(Members.Keys.Where(party => party != Stranger).Order(), Table.Parties);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Each_state_allows_these_steps_to_these_parties_and_no_other(string state, string command, string party)
    {
        var (rules, now) = RulesIn(state, party);
        var outcome = (Command(command, rules, party) with { By = StewardOf(Members[party]) }).Handle(rules, now);

        if (Table.Next(state, command, party) is { } next)
        {
            Assert.True(outcome.Event is not null, $"{outcome.Problem} {outcome.Detail} {string.Join("; ", outcome.Faults ?? [])}");
            Assert.Equal(next, StateAfter(rules.After(outcome.Event), command, now).ToString());
            return;
        }

        Assert.Null(outcome.Event);
        if (state == "(none)" && command != "draft")
        {
            Assert.Equal("not-found", outcome.Problem?.Code);
        }
        else if (!Table.Knows(command, party))
        {
            Assert.Equal("actor-not-authorised", outcome.Problem?.Code);
        }
        else
        {
            Assert.Equal("state-conflict", outcome.Problem?.Code);
            Assert.Equal(Table.Legal(state, party), outcome.Next);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Nobody_but_a_steward_takes_a_step(string state, string command, string party)
    {
        var (rules, now) = RulesIn(state, party);
        var outcome = (Command(command, rules, party) with { By = StewardOf(Members[party]) with { Roles = [Roles.DepartmentSystem, Roles.Operator] } }).Handle(rules, now);
        Assert.Null(outcome.Event);
    }

    private static string FirstWord(string state) => state.Split(' ', ',')[0];

    private static AgreementState StateAfter(RegionSnapshot rules, string command, DateTimeOffset now)
    {
        var record = rules.Agreements.FindRecord(Id)!;
        var moved = command is "provision" or "suspend" or "resume" || (command == "terminate" && record.Current is not null) ? record.Current! : record.Pending!;
        return moved.StateAt(now);
    }

    private static (RegionSnapshot Rules, DateTimeOffset Now) RulesIn(string state, string party) => state switch
    {
        "(none)" => (Bare, Now),
        "Draft" => (Bare.After(new AgreementDrafted(Agreement)), Now),
        "Submitted" => (Submitted(), Now),
        "Submitted, one signature short" => (Submitted().SignedBy(Parties.Where(member => member != (Parties.Contains(Members[party]) ? Members[party] : "registry"))), Now),
        "SupplementRequested" => (Submitted().Do(new RequestSupplement("Which desk?") { Id = Id }, "registry"), Now),
        "Approved" => (Approved(), Now),
        "Refused" => (Submitted().Do(Refusal(), "registry"), Now),
        "Withdrawn" => (Submitted().Do(new WithdrawAgreement("Not needed.") { Id = Id }, "housing"), Now),
        "Active" => (Active(), Now),
        "Suspended by the consumer" => (Active().Do(new SuspendAgreement("A leak.") { Id = Id }, "housing"), Now),
        "Suspended by the provider" => (Active().Do(new SuspendAgreement("A leak.") { Id = Id }, "registry"), Now),
        "Suspended by the authority" => (Active().Do(new SuspendAgreement("A leak.") { Id = Id }, "data-bureau"), Now),
        "Suspended by a rule" => (Active().After(new AgreementSuspended(Id, "A rule.", Rule: new SuspensionRule(SuspensionCause.Refusals, 5, 1))), Now),
        "Terminated" => (Active().Do(new TerminateAgreement("Done.") { Id = Id }, "registry"), Now),
        "Expired" => (Active(), Agreement.ValidTo),
        _ => throw new InvalidOperationException($"No rules are made for the state '{state}'."),
    };

    private static RefuseAgreement Refusal() => new([new RefusalReason(RefusalGround.FormFault, "It does not say which desk.", At: "$.scenario")]) { Id = Id };

    // Where a step needs a document, the one that would be right: so that the state, and nothing else, is what refuses.
    private static AgreementStepCommand Command(string name, RegionSnapshot rules, string party)
    {
        var record = rules.Agreements.FindRecord(Id);
        var asked = record?.Pending?.Agreement ?? record?.Current?.Agreement ?? Agreement;
        return name switch
        {
            "draft" => new DraftAgreement(Write(json => (json["revision"], json["validTo"]) = ((record?.Newest ?? 0) + 1, "2028-01-01T00:00:00Z"))) { Id = Id },
            "revise" => new ReviseAgreement(Write(json => json["scenario"] = "Rental housing, anew")) { Id = Id },
            "submit" => new SubmitAgreement { Id = Id },
            "request-supplement" => new RequestSupplement("Which desk?") { Id = Id },
            "supplement" => new SupplementAgreement(Write(json => json["scenario"] = "Rental housing at the desk")) { Id = Id },
            "extend" => new ExtendAgreement(10, "The archive moves.") { Id = Id },
            "approve" => new ApproveAgreement(Sign(asked, Members[party])) { Id = Id },
            "refuse" => Refusal(),
            "withdraw" => new WithdrawAgreement("Not needed.") { Id = Id },
            "provision" => new ProvisionAgreement { Id = Id },
            "suspend" => new SuspendAgreement("A leak.") { Id = Id },
            "resume" => new ResumeAgreement("Mended.") { Id = Id },
            "terminate" => new TerminateAgreement("Done.") { Id = Id },
            _ => throw new InvalidOperationException($"No command is made for '{name}'."),
        };
    }
}
