using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Agreements.TestAgreements;

namespace DataExchange.Policy.Tests.Agreements;

public class AgreementTests
{
    private static DecisionOutcome Decide(RegionSnapshot rules, DateTimeOffset? now = null) => PolicyDecisionPoint.Decide(TestRegion.Request, rules, now ?? Now).Outcome;

    [Fact]
    public void An_agreement_by_signature_permits_and_what_is_not_yet_one_does_not()
    {
        Assert.Equal(DecisionOutcome.Deny, Decide(Bare));
        Assert.Equal(DecisionOutcome.Deny, Decide(Submitted()));
        Assert.Equal(DecisionOutcome.Deny, Decide(Approved()));
        var active = Active();
        Assert.Equal(DecisionOutcome.Permit, Decide(active));
        var suspended = active.Do(new SuspendAgreement("A leak.") { Id = Id }, "registry");
        Assert.Equal(DecisionOutcome.Deny, Decide(suspended));
        Assert.Equal(DecisionOutcome.Permit, Decide(suspended.Do(new ResumeAgreement("Mended.") { Id = Id }, "registry")));
        Assert.Equal(DecisionOutcome.Deny, Decide(active.Do(new TerminateAgreement("Done.") { Id = Id }, "housing")));
        Assert.Equal(DecisionOutcome.Deny, Decide(active, Agreement.ValidTo));
    }

    [Theory]
    [InlineData("suspend", "The agreement is suspended")]
    [InlineData("terminate", "The agreement was terminated")]
    [InlineData("expire", "out of its term")]
    [InlineData("ask", "There is no agreement")]
    public void What_ended_or_has_not_begun_is_explained(string how, string says)
    {
        var rules = how switch
        {
            "suspend" => Active().Do(new SuspendAgreement("A leak.") { Id = Id }, "registry"),
            "terminate" => Active().Do(new TerminateAgreement("Done.") { Id = Id }, "registry"),
            "ask" => Submitted(),
            _ => Active(),
        };
        var decision = PolicyDecisionPoint.Decide(TestRegion.Request, rules, how == "expire" ? Agreement.ValidTo : Now);
        Assert.Equal("agreement-not-active", decision.Problem?.Code);
        Assert.Contains(says, decision.Reasons[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_entry_that_puts_it_in_force_is_enough_to_verify_that_the_parties_agreed()
    {
        var outcome = Approved().Try(new ProvisionAgreement { Id = Id }, "registry");
        var leaf = GovernanceRecords.Write(outcome.Event!);

        var signed = Assert.IsType<AgreementActivated>(GovernanceRecords.Read(LeafKinds.AgreementActivated, leaf)).Signed;
        Assert.Equal(Parties.Order(), signed.Approvals.Select(jws => Approval.TryVerify(jws, signed.Agreement, TestRegion.Document.Members, out var signer) ? signer : "nobody").Order());
        Assert.Equal(
            CanonicalJson.Canonicalize(AgreementDocument.WordsOf(Agreement)), CanonicalJson.Canonicalize(JsonNode.Parse(leaf)!["agreement"]!.ToJsonString()));
    }

    [Fact]
    public void A_signature_counts_for_the_words_the_signer_and_the_revision_that_it_was_made_for()
    {
        var rules = Submitted();
        var other = Write(json => json["scenario"] = "Anything at all");
        Assert.Equal("request-malformed", rules.Try(new ApproveAgreement(Sign(other, "registry")) { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("request-malformed", rules.Try(new ApproveAgreement(Sign(Agreement, "housing")) { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("request-malformed", rules.Try(new ApproveAgreement("no.signature.at-all") { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("request-malformed", rules.Try(new ApproveAgreement("") { Id = Id }, "registry").Problem?.Code);
    }

    [Fact]
    public void A_party_signs_once_and_who_has_signed_does_not_refuse()
    {
        var rules = Submitted().SignedBy("registry");
        Assert.Equal("state-conflict", rules.Try(new ApproveAgreement(Sign(Agreement, "registry")) { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("state-conflict", rules.Try(FormFault("$.scenario"), "registry").Problem?.Code);
        Assert.Equal("state-conflict", rules.Try(new RequestSupplement("More.") { Id = Id }, "registry").Problem?.Code);
        Assert.NotNull(rules.Try(FormFault("$.scenario"), "data-bureau").Event);
    }

    [Fact]
    public void Without_a_sensitive_field_the_data_authority_does_not_sign()
    {
        var plain = Write(json => json["grants"]![0]!["fields"]!.AsArray().RemoveAt(3));
        var rules = Submitted(plain).SignedBy("housing");
        Assert.Equal("state-conflict", rules.Try(new ApproveAgreement(Sign(plain, "data-bureau")) { Id = Id }, "data-bureau").Problem?.Code);
        Assert.Equal(AgreementState.Approved, rules.SignedBy("registry").Agreements.FindRecord(Id)!.Pending!.State);
    }

    [Fact]
    public void A_supplement_voids_the_signatures_under_the_old_words()
    {
        var supplemented = Write(json => json["scenario"] = "Rental housing at the desk in Beihe");
        var rules = Submitted().SignedBy("housing").Do(new RequestSupplement("Which desk?") { Id = Id }, "registry").Do(new SupplementAgreement(supplemented) { Id = Id }, "housing");
        Assert.Empty(rules.Agreements.FindRecord(Id)!.Pending!.Approvals);
        Assert.Equal("request-malformed", rules.Try(new ApproveAgreement(Sign(Agreement, "housing")) { Id = Id }, "housing").Problem?.Code);
        Assert.Equal(AgreementState.Approved, rules.SignedBy(Parties).Agreements.FindRecord(Id)!.Pending!.State);
    }

    [Fact]
    public void An_amendment_takes_over_in_one_step_and_until_then_the_old_revision_serves()
    {
        var amended = Write(json => (json["revision"], json["mode"]) = (2, "Batch"));
        var rules = Active().Do(new DraftAgreement(amended) { Id = Id }, "housing");
        Assert.Equal(DecisionOutcome.Permit, Decide(rules));
        rules = rules.Do(new SubmitAgreement { Id = Id }, "housing").SignedBy(Parties);
        Assert.Equal((1, 2), (rules.Agreements.Find(Id)!.Agreement.Revision, rules.Agreements.FindRecord(Id)!.Pending!.Agreement.Revision));
        Assert.Equal(DecisionOutcome.Permit, Decide(rules));

        rules = rules.Do(new ProvisionAgreement { Id = Id }, "registry");
        Assert.Equal(2, Assert.Single(rules.Agreements.Between("housing", TestRegion.Dataset)).Agreement.Revision);
        Assert.Null(rules.Agreements.FindRecord(Id)!.Pending);
        Assert.Equal(DecisionOutcome.Deny, Decide(rules)); // The amendment took the mode away.
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_amendment_that_came_to_nothing_leaves_the_old_revision_as_it_was(bool isRefused)
    {
        var amended = Write(json => json["revision"] = 2);
        var asked = Active().Do(new DraftAgreement(amended) { Id = Id }, "housing").Do(new SubmitAgreement { Id = Id }, "housing").SignedBy("housing");
        var rules = isRefused ? asked.Do(FormFault("$.basis"), "registry") : asked.Do(new WithdrawAgreement("No.") { Id = Id }, "housing");
        Assert.Equal((AgreementState.Active, 1), (rules.Agreements.Find(Id)!.State, rules.Agreements.Find(Id)!.Agreement.Revision));
        Assert.Equal(DecisionOutcome.Permit, Decide(rules));
        Assert.Equal("$.revision", Assert.Single(rules.Try(new DraftAgreement(amended) { Id = Id }, "housing").Faults!).Path);
        Assert.NotNull(rules.Try(new DraftAgreement(Write(json => json["revision"] = 3)) { Id = Id }, "housing").Event);
    }

    [Fact]
    public void A_suspended_agreement_is_not_amended_back_into_force_past_whoever_suspended_it()
    {
        var rules = Active().Do(new DraftAgreement(Write(json => json["revision"] = 2)) { Id = Id }, "housing")
            .Do(new SubmitAgreement { Id = Id }, "housing").SignedBy(Parties).Do(new SuspendAgreement("A leak.") { Id = Id }, "data-bureau");
        Assert.Equal("state-conflict", rules.Try(new ProvisionAgreement { Id = Id }, "registry").Problem?.Code);
        Assert.Equal("state-conflict", rules.Try(new ResumeAgreement("Let us.") { Id = Id }, "registry").Problem?.Code);
        Assert.NotNull(rules.Do(new ResumeAgreement("Mended.") { Id = Id }, "data-bureau").Try(new ProvisionAgreement { Id = Id }, "registry").Event);
    }

    [Fact]
    public void A_termination_ends_the_amendment_too()
    {
        var rules = Active().Do(new DraftAgreement(Write(json => json["revision"] = 2)) { Id = Id }, "housing").Do(new TerminateAgreement("Done.") { Id = Id }, "registry");
        var record = rules.Agreements.FindRecord(Id)!;
        Assert.Equal((AgreementState.Terminated, AgreementState.Terminated), (record.Current!.State, record.Pending!.State));
    }

    [Fact]
    public void A_request_shows_every_fault_at_once_and_a_draft_may_have_them()
    {
        var faulty = Write(json =>
        {
            json["basis"] = " ";
            json["clients"] = new JsonArray("somebody-else");
            json["quota"] = new JsonObject { ["requests"] = 1, ["windowSeconds"] = 60, ["period"] = "Day" };
            json["autoSuspension"] = new JsonArray(new JsonObject { ["of"] = "Refusals", ["after"] = 0, ["withinDays"] = 7 });
            json["grants"]![0]!["fields"]![2]!["transform"] = "Full";
        });
        var drafted = Bare.Do(new DraftAgreement(faulty) { Id = Id }, "housing");
        var outcome = drafted.Try(new SubmitAgreement { Id = Id }, "housing");
        Assert.Equal("request-malformed", outcome.Problem?.Code);
        Assert.Equal(
            ["$.autoSuspension[0].after", "$.basis", "$.clients", "$.grants[0].fields[2].rangeWidth", "$.grants[0].fields[2].transform", "$.quota"],
            outcome.Faults!.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_request_that_overlaps_an_agreement_in_force_is_faulty()
    {
        var rules = Active().Do(new DraftAgreement(Write(json => json["id"] = "other")) { Id = "other" }, "housing");
        Assert.Contains(rules.Try(new SubmitAgreement { Id = "other" }, "housing").Faults!, fault => fault.Path == "$.grants");
        var ended = rules.Do(new TerminateAgreement("Done.") { Id = Id }, "housing");
        Assert.NotNull(ended.Try(new SubmitAgreement { Id = "other" }, "housing").Event);
    }

    [Fact]
    public void What_the_catalogue_changed_since_stands_against_a_signature_and_is_a_ground_of_refusal()
    {
        var asked = Submitted();
        Assert.Equal("$.reasons[0].ground", Assert.Single(asked.Try(Refuse(new RefusalReason(RefusalGround.DatasetChanged, "Gone.")), "registry").Faults!).Path);
        var rules = asked.After(new DatasetPublished(Bare.FindDataset(TestRegion.Dataset)! with { Revision = 3 }));
        var outcome = rules.Try(new ApproveAgreement(Sign(Agreement, "registry")) { Id = Id }, "registry");
        Assert.Equal("state-conflict", outcome.Problem?.Code);
        Assert.Equal("$.datasetRevision", Assert.Single(outcome.Faults!).Path);
        Assert.NotNull(rules.Try(Refuse(new RefusalReason(RefusalGround.DatasetChanged, "Revision 3 is published.")), "registry").Event);
    }

    [Theory]
    [InlineData(RefusalGround.ConditionNotMet, null, "By agreement.", null)]
    [InlineData(RefusalGround.ConditionNotMet, null, "We would rather not.", "$.reasons[0].condition")]
    [InlineData(RefusalGround.ConditionNotMet, null, null, "$.reasons[0].condition")]
    [InlineData(RefusalGround.FormFault, "$.scenario", null, null)]
    [InlineData(RefusalGround.FormFault, null, null, "$.reasons[0].at")]
    [InlineData(RefusalGround.FormFault, "$.scenario", "By agreement.", "$.reasons[0].condition")]
    [InlineData(RefusalGround.None, null, null, "$.reasons[0].ground")]
    public void A_conditional_dataset_is_refused_for_its_own_conditions_and_faults_of_form_only(RefusalGround ground, string? at, string? condition, string? fault)
    {
        var outcome = Submitted().Try(Refuse(new RefusalReason(ground, "Because.", at, condition)), "registry");
        Assert.Equal(fault, outcome.Faults?.Single().Path);
        Assert.Equal(fault is null, outcome.Event is not null);
    }

    [Fact]
    public void An_unconditional_dataset_is_refused_for_faults_of_form_only()
    {
        var open = Bare.After(new DatasetPublished(Bare.FindDataset(TestRegion.Dataset)! with { ShareClass = ShareClass.Unconditional }))
            .Do(new DraftAgreement(Agreement) { Id = Id }, "housing").Do(new SubmitAgreement { Id = Id }, "housing");
        var outcome = open.Try(Refuse(new RefusalReason(RefusalGround.ConditionNotMet, "Because.", Condition: "By agreement.")), "registry");
        Assert.Equal("$.reasons[0].condition", Assert.Single(outcome.Faults!).Path);
        Assert.NotNull(open.Try(FormFault("$.scenario"), "registry").Event);
        Assert.Equal("$.reasons", Assert.Single(open.Try(Refuse(), "registry").Faults!).Path);
    }

    [Fact]
    public void Only_the_consumer_writes_in_its_own_name()
    {
        Assert.Equal("actor-not-authorised", Bare.Try(new DraftAgreement(Agreement) { Id = Id }, "centre").Problem?.Code);
        var rules = Bare.Do(new DraftAgreement(Agreement) { Id = Id }, "housing");
        var outcome = rules.Try(new ReviseAgreement(Write(json => json["consumer"] = "centre")) { Id = Id }, "housing");
        Assert.Equal("$.consumer", Assert.Single(outcome.Faults!).Path);
    }

    [Fact]
    public void An_amendment_stays_between_the_same_departments_over_the_same_dataset()
    {
        var outcome = Active().Try(new DraftAgreement(Write(json => (json["revision"], json["provider"], json["dataset"]) = (2, "centre", "centre/queue"))) { Id = Id }, "housing");
        Assert.Equal(["$.dataset", "$.provider"], outcome.Faults!.Select(fault => fault.Path).Order());
    }

    [Fact]
    public void A_document_that_cannot_be_read_says_where()
    {
        var words = Words(json => json["mode"] = "Telepathy");
        Assert.Equal("$.mode", Assert.Single(AgreementDocument.Read(JsonSerializer.SerializeToElement(words)).Faults).Path);
        Assert.Equal("$.basis", Assert.Single(AgreementDocument.Read(JsonSerializer.SerializeToElement(Words(json => json["basis"] = null))).Faults).Path);
    }

    private static RefuseAgreement Refuse(params RefusalReason[] reasons) => new(reasons) { Id = Id };

    private static RefuseAgreement FormFault(string at) => Refuse(new RefusalReason(RefusalGround.FormFault, "It does not say.", at));
}
