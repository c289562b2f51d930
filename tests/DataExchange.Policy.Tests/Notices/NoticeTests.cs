using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Notices;

public class NoticeTests
{
    private static readonly MachineTable Table = MachineTable.Read("Notice");

    private static readonly Dictionary<string, Party> Parties = new()
    {
        ["steward"] = new Party { Member = "housing", ClientId = "desk", UserId = "s", Roles = [Roles.Steward] },
        ["otherSteward"] = new Party { Member = "centre", ClientId = "other", UserId = "s", Roles = [Roles.Steward] },
        ["clerk"] = HousingClerk,
        ["person"] = Self,
        ["nobody"] = Party.Nobody,
    };

    private static readonly ConsentNotice Published = Document.Notices[0];

    private static readonly DraftNotice Draft = new()
    {
        By = Parties["steward"],
        Code = Published.Code,
        Purpose = Published.Purpose,
        Dataset = Published.Dataset,
        Fields = Published.Fields,
        Texts = new LocalizedText { ["zh"] = "同意书。", ["en"] = "We ask you." },
        Change = NoticeChange.Wording,
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

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_machine_does_what_the_table_says(string state, string command, string party)
    {
        var (rules, code) = state switch
        {
            "(none)" => (Founded, "new-notice"),
            "Drafted" => (Then(Founded, Draft with { Code = "new-notice", Change = null }), "new-notice"),
            "Published" => (Founded, Published.Code),
            _ => (Then(Founded, Draft), Published.Code),
        };
        var before = rules.NoticeRegister.Find(code);
        Assert.Equal(state == "(none)" ? "None" : state, (before?.State ?? NoticeState.None).ToString());
        NoticeCommand given = command == "draft"
            ? Draft with { By = Parties[party], Code = code, Change = before?.Published is null ? null : NoticeChange.Wording }
            : new PublishNotice { By = Parties[party], Code = code };
        var outcome = given.Handle(rules, Now);
        if (party == "otherSteward" && (state, command) == ("(none)", "draft"))
        {
            Assert.NotNull(outcome.Event); // A notice of their own department.
            return;
        }

        if (Table.Next(state, command, party) is { } next)
        {
            Assert.Equal(next, rules.Apply(outcome.Event!, rules.GovernanceSize).NoticeRegister.Find(code)?.State.ToString());
        }
        else if (Table.Knows(command, party) && state != "(none)")
        {
            Assert.Equal("state-conflict", outcome.Problem?.Code);
            Assert.Equal(Table.Legal(state, party), outcome.Next);
        }
        else
        {
            Assert.Contains(outcome.Problem?.Code, new[] { "actor-not-authorised", "not-found" });
        }
    }

    [Fact]
    public void A_correction_of_the_wording_leaves_consents_standing_and_new_ones_are_to_the_new_text()
    {
        var rules = Publish(Founded.With(Consent), Draft with { Fields = [.. Published.Fields.Reverse()] });
        Assert.Equal(4, rules.FindNotice(Published.Code)?.Revision);
        Assert.Equal(ConsentState.Given, ConsentStanding.Of(rules.FindConsent(Consent.Id)!, rules, Now));
        Assert.Equal(DecisionOutcome.Permit, Decide(rules).Outcome);
        Assert.False(rules.NoticeRegister.Stands(Published.Code, 4, "zh", Consent.NoticeHash));
        Assert.True(rules.NoticeRegister.Stands(Published.Code, 4, "zh", rules.FindNotice(Published.Code)!.HashOf("zh")!));
    }

    [Fact]
    public void A_change_of_substance_asks_everybody_again_and_no_later_correction_mends_that()
    {
        var rules = Publish(Founded.With(Consent), Draft with { Change = NoticeChange.Substance });
        Assert.Equal(ConsentState.Invalidated, ConsentStanding.Of(rules.FindConsent(Consent.Id)!, rules, Now));
        Assert.Equal("consent-not-valid", Decide(rules).Problem?.Code);

        rules = Publish(rules, Draft with { Texts = new LocalizedText { ["zh"] = "同意书！" } });
        Assert.Equal("consent-not-valid", Decide(rules).Problem?.Code);
    }

    [Fact]
    public void What_can_be_seen_to_be_substance_is_not_taken_for_wording()
    {
        foreach (var draft in new[]
        {
            Draft with { Fields = ["income"] },
            Draft with { Method = new LocalizedText { ["en"] = "By hand." } },
            Draft with { Purpose = Document.Purposes.First(purpose => purpose.Code != Published.Purpose).Code },
        })
        {
            Assert.Equal("request-malformed", draft.Handle(Founded, Now).Problem?.Code);
            Assert.NotNull((draft with { Change = NoticeChange.Substance }).Handle(Founded, Now).Event);
        }

        // Whoever wrote it into the log.
        var rules = Founded.With(Consent);
        rules = rules.Apply(new NoticePublished(Published with { Revision = 4, Fields = ["income", "married"], Change = NoticeChange.Wording }), rules.GovernanceSize);
        Assert.Equal(["fields"], rules.NoticeRegister.Find(Published.Code)!.Revisions[^1].Substance);
        Assert.Equal("consent-not-valid", Decide(rules).Problem?.Code);
    }

    [Fact]
    public void A_revision_says_what_it_changes()
    {
        Assert.Equal("request-malformed", (Draft with { Change = null }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", (Draft with { Change = NoticeChange.None }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", (Draft with { Code = "new-notice" }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("unknown-purpose", (Draft with { Purpose = "none" }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("not-found", (Draft with { Dataset = "registry/none" }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("fields-required", (Draft with { Fields = [] }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("unknown-field", (Draft with { Fields = ["none"] }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", (Draft with { Texts = [] }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("payload-too-large", (Draft with { Texts = new LocalizedText { ["zh"] = new string('同', 25_000) } }).Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void A_method_may_be_translated_without_asking_again_but_not_reworded()
    {
        var before = Published with { Method = new LocalizedText { ["zh"] = "自动核验" } };
        Assert.Empty(NoticeDifference.OfSubstance(before, before with { Method = new LocalizedText { ["zh"] = "自动核验", ["en"] = "Automatically." } }));
        Assert.Equal(["method"], NoticeDifference.OfSubstance(before, before with { Method = new LocalizedText { ["zh"] = "人工核验" } }));
        Assert.Equal(["method"], NoticeDifference.OfSubstance(before, before with { Method = null }));
        Assert.Equal(["en", "fr"], NoticeDifference.OfTexts(
            Published with { Texts = new LocalizedText { ["zh"] = "a", ["en"] = "b" } }, Published with { Texts = new LocalizedText { ["zh"] = "a", ["en"] = "c", ["fr"] = "d" } }));
    }

    [Fact]
    public void What_a_notice_does_not_say_stands_nowhere_in_its_record() =>
        Assert.DoesNotContain("null", System.Text.Encoding.UTF8.GetString(GovernanceRecords.Write(new NoticePublished(Published))), StringComparison.Ordinal);

    private static Decision Decide(RegionSnapshot rules) => PolicyDecisionPoint.Decide(Request with { Fields = ["married"] }, rules, Now);

    private static RegionSnapshot Then(RegionSnapshot rules, NoticeCommand command) => rules.Apply(command.Handle(rules, Now).Event!, rules.GovernanceSize);

    private static RegionSnapshot Publish(RegionSnapshot rules, DraftNotice draft) =>
        Then(Then(rules, draft), new PublishNotice { By = Parties["steward"], Code = draft.Code });
}
