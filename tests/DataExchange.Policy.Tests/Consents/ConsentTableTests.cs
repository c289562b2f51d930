using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Consents;

/// <summary>Every state, command and party against the table of <c>contracts/state-machines.md</c>.</summary>
public class ConsentTableTests
{
    private static readonly MachineTable Table = MachineTable.Read("Consent");

    private static readonly SubjectHandle Guardian = new(new string('d', 64));

    private static readonly SubjectHandle Agent = new(new string('e', 64));

    private static readonly RegionSnapshot Mandated = new[]
    {
        Mandate("m1", MandateKind.Guardian, Guardian),
        Mandate("m2", MandateKind.Agent, Agent),
        // Of no avail: for another purpose, over, not confirmed yet, and of another person.
        Mandate("m3", MandateKind.Agent, Stranger) with { Themes = ["welfare"] },
        Mandate("m4", MandateKind.Agent, Stranger) with { ValidTo = Now },
        Mandate("m5", MandateKind.Agent, Stranger) with { State = MandateState.Requested },
        Mandate("m6", MandateKind.Agent, Stranger) with { Subject = Guardian },
    }.Aggregate(Founded, (rules, mandate) => rules.Apply(new PersonalChanged(LeafKinds.MandateConfirmed, mandate), rules.GovernanceSize));

    private static readonly Dictionary<string, Party> Parties = new()
    {
        ["person"] = Self,
        ["clerk"] = HousingClerk,
        ["department"] = HousingSystem,
        ["gateway"] = Party.Gateway,
        ["guardian"] = new Party { ClientId = "citizen-app", Roles = [Roles.Citizen], Self = Guardian },
        ["agent"] = new Party { ClientId = "citizen-app", Roles = [Roles.Citizen], Self = Agent },
        ["stranger"] = new Party { ClientId = "citizen-app", Roles = [Roles.Citizen], Self = Stranger },
        ["otherClerk"] = HousingClerk with { Member = "centre" },
        ["otherDepartment"] = HousingSystem with { Member = "centre" },
        ["steward"] = new Party { Member = "housing", ClientId = "desk", Roles = [Roles.Steward] },
        ["nobody"] = Party.Nobody,
    };

    public static TheoryData<string, string, string> Combinations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var state in Table.States)
            {
                foreach (var command in Table.Commands)
                {
                    foreach (var party in Parties.Keys)
                    {
                        data.Add(state, command, party);
                    }
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_party_of_the_table_is_tried() => Assert.Subset(Parties.Keys.ToHashSet(), Table.Parties.ToHashSet());

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_machine_does_what_the_table_says(string state, string command, string party)
    {
        var rules = RulesIn(state);
        if (state != "(none)")
        {
            Assert.Equal(state, ConsentStanding.Of(rules.FindConsent(Consent.Id)!, rules, Now).ToString());
        }

        var outcome = Command(command, party).Handle(rules, Now);
        if (command == "request" && state != "(none)")
        {
            return; // Asking again makes another consent, or none, as ConsentOverlapTests show.
        }

        if (Table.Next(state, command, party) is { } next)
        {
            var changed = Assert.IsType<PersonalChanged>(outcome.Event);
            var after = rules.Apply(changed, rules.GovernanceSize);
            Assert.Equal(next, ((ConsentRecord)changed.Record).State.ToString());
            Assert.Equal(Person, changed.Record.Subject);
            Assert.NotNull(after.FindConsent(changed.Record.Id));
            return;
        }

        Assert.Null(outcome.Event);
        if (Table.Knows(command, party) && state != "(none)")
        {
            Assert.Equal("state-conflict", outcome.Problem?.Code);
            if (party != "gateway")
            {
                Assert.Equal(Table.Legal(state, party).Order(), outcome.Next!.Order());
            }
        }
        else
        {
            Assert.Contains(outcome.Problem?.Code, new[] { "actor-not-authorised", "not-found" });
        }
    }

    [Theory]
    [InlineData("person", ExpressedBy.Self, null)]
    [InlineData("guardian", ExpressedBy.Guardian, "m1")]
    [InlineData("agent", ExpressedBy.Agent, "m2")]
    [InlineData("clerk", ExpressedBy.Self, null)]
    public void The_record_says_who_spoke_and_under_which_mandate(string party, ExpressedBy expressedBy, string? mandate)
    {
        var given = (ConsentRecord)Assert.IsType<PersonalChanged>(Command("give", party).Handle(RulesIn("Requested"), Now).Event).Record;
        Assert.Equal((expressedBy, mandate), (given.ExpressedBy, given.Mandate));
        Assert.Equal(party == "clerk" ? "clerk" : null, given.AssistedBy);
    }

    private static MandateRecord Mandate(string id, MandateKind kind, SubjectHandle to) => new()
    {
        Id = id,
        Subject = Person,
        Kind = kind,
        Delegate = to,
        Confirmers = [],
        Needed = 0,
        Confirmed = [],
        Accepted = true,
        Themes = ["rental"],
        ValidFrom = Now.AddDays(-1),
        ValidTo = Now.AddDays(1),
        State = MandateState.Active,
    };

    private static RegionSnapshot RulesIn(string state)
    {
        var outdated = Consent with { NoticeRevision = 2 };
        return state switch
        {
            "(none)" => Mandated,
            "RequestExpired" => Mandated.With(Consent with { State = ConsentState.Requested, ValidTo = Now }),
            "Expired" => Mandated.With(Consent with { ValidTo = Now, MaxUses = 3 }),
            "Invalidated" => Mandated.With(outdated with { MaxUses = 3 }),
            "Superseded" => Mandated.With(outdated, Consent with { Id = "c2" }),
            "Exhausted" => Mandated.With(Consent with { State = ConsentState.Exhausted, MaxUses = 1, Uses = [7], UsesFrom = Consent.ValidFrom }),
            _ => Mandated.With(Consent with { State = Enum.Parse<ConsentState>(state), MaxUses = 3 }),
        };
    }

    private static ConsentCommand Command(string command, string party)
    {
        var by = Parties[party];
        if (command == "request")
        {
            return new RequestConsent
            {
                By = by,
                Subject = Person,
                Recipient = "housing",
                Notice = "rental-consent",
                Language = "zh",
                Purpose = "rental",
                Dataset = TestRegion.Dataset,
                Fields = ["income"],
                Kind = ConsentKind.General,
                ValidTo = Now.AddDays(30),
            };
        }

        return command == "use"
            ? new UseConsent { By = by, Subject = Person, Id = Consent.Id, Exchange = 99 }
            : new DecideConsent
            {
                By = by,
                Subject = Person,
                Id = Consent.Id,
                Decision = Enum.Parse<ConsentDecision>(command, ignoreCase: true),
                EvidenceHash = by.Is(Roles.DeskClerk) ? Convert.ToBase64String(SHA256.HashData("the signed form"u8)) : null,
                ValidTo = command == "renew" ? Now.AddDays(90) : null,
            };
    }
}
