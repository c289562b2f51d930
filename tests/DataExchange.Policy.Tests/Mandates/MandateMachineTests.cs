using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Mandates;

public class MandateMachineTests
{
    private static readonly SubjectHandle Agent = new(new string('c', 64));
    private static readonly SubjectHandle Mother = new(new string('d', 64));
    private static readonly SubjectHandle Father = new(new string('e', 64));
    private static readonly string Evidence = Convert.ToBase64String(SHA256.HashData("the household register"u8));

    private static readonly RequestMandate Asked = new()
    {
        Subject = Person,
        By = Citizen(Person),
        Kind = MandateKind.Agent,
        Delegate = Agent,
        Confirmers = [],
        Needed = 0,
        Themes = ["rental"],
        ValidTo = Now.AddDays(30),
    };

    private static readonly RequestMandate Registered = Asked with
    {
        By = Official("centre", Roles.DeskClerk, "clerk"),
        Kind = MandateKind.Guardian,
        Delegate = Mother,
        Confirmers = [Mother, Father],
        Needed = 2,
        BirthDate = new DateOnly(2016, 2, 29),
        EvidenceHash = Evidence,
    };

    [Fact]
    public void Every_state_takes_the_steps_of_the_table_and_no_other() => Holds("Mandates", Arrange, @event => Mandate(@event).State.ToString());

    [Fact]
    public void A_mandate_is_active_once_everybody_it_needs_has_confirmed()
    {
        var rules = Accept(Founded, Registered, out var id);
        var first = Accept(rules, Confirm(id, Father), out _);
        Assert.Equal(MandateState.Requested, first.Mandates.Find(id)!.State);
        Assert.False(first.Mandates.Find(id)!.Covers(Person, "rental", TestRegion.Dataset, Now));

        // The mother is delegate and guardian; she says both at once.
        var second = Accept(first, Confirm(id, Mother), out _);
        Assert.Equal(MandateState.Active, second.Mandates.Find(id)!.State);
        Assert.True(second.Mandates.Find(id)!.Covers(Person, "rental", TestRegion.Dataset, Now));
    }

    [Fact]
    public void Of_many_who_can_confirm_as_many_as_are_needed_suffice()
    {
        var rules = Accept(Founded, Asked with { Confirmers = [Mother, Father], Needed = 1 }, out var id);
        rules = Accept(rules, Confirm(id, Father), out _);
        Assert.Equal(MandateState.Requested, rules.Mandates.Find(id)!.State);
        Assert.Equal(MandateState.Active, Accept(rules, Confirm(id, Agent), out _).Mandates.Find(id)!.State);
    }

    [Fact]
    public void Whoever_has_confirmed_cannot_confirm_again_and_can_still_go_back()
    {
        var rules = Accept(Accept(Founded, Registered, out var id), Confirm(id, Father), out _);
        var again = Confirm(id, Father).Handle(rules, Now);
        Assert.Equal("state-conflict", again.Problem?.Code);
        Assert.Equal(["refuse", "revoke"], again.Next!.Order());
        Assert.Equal(MandateState.Revoked, Accept(rules, Revoke(id, Citizen(Father)), out _).Mandates.Find(id)!.State);
    }

    [Fact]
    public void It_covers_its_own_themes_in_its_term_for_its_own_person_and_nothing_else()
    {
        var mandate = Made(MandateState.Active) with { ValidFrom = Now, ValidTo = Now.AddDays(1), Themes = ["welfare", TestRegion.Dataset] };
        Assert.True(mandate.Covers(Person, "rental", TestRegion.Dataset, Now));
        Assert.True(mandate.Covers(Person, "welfare", "registry/other", Now));
        Assert.False(mandate.Covers(Person, "rental", "registry/other", Now));
        Assert.False(mandate.Covers(Stranger, "welfare", TestRegion.Dataset, Now));
        Assert.False(mandate.Covers(Person, "welfare", TestRegion.Dataset, Now.AddTicks(-1)));
        Assert.False(mandate.Covers(Person, "welfare", TestRegion.Dataset, Now.AddDays(1)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("kind")]
    [InlineData("guardian-by-citizen")]
    [InlineData("adult")]
    [InlineData("unknown-age")]
    [InlineData("until-fifteen")]
    [InlineData("no-guardian")]
    [InlineData("self")]
    [InlineData("self-confirms")]
    [InlineData("twice")]
    [InlineData("needed")]
    [InlineData("no-theme")]
    [InlineData("wildcard")]
    [InlineData("theme-twice")]
    [InlineData("past")]
    [InlineData("no-evidence")]
    [InlineData("citizen-evidence")]
    public void What_makes_no_sense_is_refused(string fault)
    {
        var request = fault switch
        {
            "none" => null,
            "kind" => Asked with { Kind = MandateKind.None },
            "guardian-by-citizen" => Asked with { Kind = MandateKind.Guardian, Confirmers = [Mother], Needed = 1, BirthDate = new DateOnly(2016, 1, 1) },
            "adult" => Registered with { BirthDate = new DateOnly(1980, 1, 1) },
            "unknown-age" => Registered with { BirthDate = null },
            "until-fifteen" => Registered with { ValidTo = new DateTimeOffset(2030, 3, 2, 0, 0, 0, TimeSpan.Zero) },
            "no-guardian" => Registered with { Confirmers = [], Needed = 0 },
            "self" => Asked with { Delegate = Person },
            "self-confirms" => Asked with { Confirmers = [Person], Needed = 1 },
            "twice" => Asked with { Confirmers = [Mother, Mother], Needed = 1 },
            "needed" => Asked with { Confirmers = [Mother], Needed = 2 },
            "no-theme" => Asked with { Themes = [] },
            "wildcard" => Asked with { Themes = ["*"] },
            "theme-twice" => Asked with { Themes = ["rental", "rental"] },
            "past" => Asked with { ValidTo = Now },
            "no-evidence" => Registered with { EvidenceHash = null },
            "citizen-evidence" => Asked with { EvidenceHash = Evidence },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        if (request is null)
        {
            Assert.NotNull(Asked.Handle(Founded, Now).Event);
            Assert.NotNull(Registered.Handle(Founded, Now).Event);
            return;
        }

        Assert.Equal("request-malformed", request.Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void One_that_was_carried_over_from_a_log_that_lost_entries_permits_nothing()
    {
        var adopted = RegionSnapshot.Empty.Apply(new LogAdopted("origin", "vkey", new StoredTree(1, "root"), [], 1, "order"), 0);
        var changed = new PersonalChanged(LeafKinds.MandateConfirmed, Made(MandateState.Active));
        Assert.Equal(MandateState.Revoked, adopted.Apply(changed, 1).Mandates.Find("m1")!.State);
        Assert.Equal(MandateState.Active, adopted.Apply(changed, 2).Mandates.Find("m1")!.State);
    }

    [Fact]
    public void A_clerk_takes_no_step_without_evidence()
    {
        var rules = Accept(Founded, Registered, out var id);
        Assert.Equal("request-malformed", (Revoke(id, Registered.By) with { EvidenceHash = null }).Handle(rules, Now).Problem?.Code);
        Assert.NotNull((Revoke(id, Registered.By) with { EvidenceHash = Evidence }).Handle(rules, Now).Event);
    }

    [Fact]
    public void A_record_survives_being_written_and_does_not_name_its_principal()
    {
        var changed = new PersonalChanged(LeafKinds.MandateConfirmed, Made(MandateState.Active));
        var written = GovernanceRecords.Write(changed);
        Assert.Equal(-1, System.Text.Encoding.UTF8.GetString(written).IndexOf(Person.Value, StringComparison.Ordinal));
        Assert.Equivalent(changed, GovernanceRecords.Read(changed.Kind, written, Person), strict: true);
    }

    private static (GovernanceCommand Command, RegionSnapshot Rules) Arrange(string state, string command, string party)
    {
        var by = party switch
        {
            "principal" => Citizen(Person),
            "delegate" => Citizen(Agent),
            "guardian" => Citizen(Mother),
            "clerk" => Official("centre", Roles.DeskClerk),
            _ => command == "request" ? Citizen(Stranger) : Official("housing", Roles.DeskClerk),
        };
        var evidence = party == "clerk" ? Evidence : null;

        // The one confirmation that is missing is the party's own.
        var made = Made(state == None ? MandateState.None : Enum.Parse<MandateState>(state)) with { Accepted = party != "delegate", Confirmed = party == "guardian" ? [] : [Mother] };
        var rules = state == None ? Founded : Founded.Apply(new PersonalChanged(LeafKinds.MandateRequested, made), Founded.GovernanceSize);
        return (command switch
        {
            "request" => Asked with { By = by, EvidenceHash = evidence },
            "confirm" => new ConfirmMandate { Id = made.Id, Subject = Person, By = by, EvidenceHash = evidence },
            "refuse" => new RefuseMandate { Id = made.Id, Subject = Person, By = by, EvidenceHash = evidence },
            _ => new RevokeMandate { Id = made.Id, Subject = Person, By = by, EvidenceHash = evidence },
        }, rules);
    }

    private static MandateRecord Made(MandateState state) => new()
    {
        Id = "m1",
        Subject = Person,
        Kind = MandateKind.Agent,
        Delegate = Agent,
        Confirmers = [Mother],
        Needed = 1,
        Confirmed = [Mother],
        Accepted = true,
        Themes = ["rental"],
        ValidFrom = Now.AddDays(-2),
        ValidTo = state == MandateState.Expired ? Now : Now.AddDays(1),
        State = state == MandateState.Expired ? MandateState.Active : state,
        RegisteredBy = "centre",
    };

    private static ConfirmMandate Confirm(string id, SubjectHandle self) => new() { Id = id, Subject = Person, By = Citizen(self) };

    private static RevokeMandate Revoke(string id, Party by) => new() { Id = id, Subject = Person, By = by };

    private static RegionSnapshot Accept(RegionSnapshot rules, MandateCommand command, out string id)
    {
        var outcome = command.Handle(rules, Now);
        Assert.True(outcome.Event is not null, outcome.Detail);
        id = outcome.Event.Thing!;
        return rules.Apply(outcome.Event, rules.GovernanceSize);
    }

    private static MandateRecord Mandate(GovernanceEvent @event) => (MandateRecord)((PersonalChanged)@event).Record;
}
