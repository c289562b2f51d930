using DataExchange.Contracts.Log;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>Gates 1 to 7, 9 and 10: for each, what it refuses and under which code. Everything else about the request is in order.</summary>
public class GateTests
{
    private static readonly string Thumbprint = new('A', 43);
    private static readonly string OtherThumbprint = new string('B', 42) + "A";

    [Fact]
    public void A_request_within_everything_is_permitted_with_what_the_agreement_says()
    {
        var decision = PolicyDecisionPoint.Decide(Request, Founded, Now);

        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Null(decision.Problem);
        Assert.Empty(decision.Reasons);
        Assert.Empty(decision.Denied);
        Assert.Equal(
            [
                new PermittedField("name", FieldType.String, FieldTransform.Mask, null, LegalBasis.StatutoryDuty, null),
                new PermittedField("birthDate", FieldType.Date, FieldTransform.YearOnly, null, LegalBasis.StatutoryDuty, null),
            ],
            decision.Permitted);
        Assert.Equal(["delete-after-use"], decision.Obligations);
        Assert.Equal("housing", decision.Consumer);
        Assert.Equal("housing-residence@1", decision.Agreement);
        Assert.Equal(Founded.GovernanceSize, decision.GovernanceSize);
    }

    [Fact]
    public void The_zero_value_and_the_empty_region_deny()
    {
        Assert.Equal(DecisionOutcome.Deny, new Decision().Outcome);
        Assert.Equal(DecisionOutcome.Deny, PolicyDecisionPoint.Decide(Request, RegionSnapshot.Empty, Now).Outcome);
    }

    [Fact]
    public void Gate_1_a_client_of_no_member() => Refuses(1, "actor-not-authorised", Request with { Actor = Request.Actor with { ClientId = "nobody" } });

    [Theory]
    [InlineData("housing-bound", null, null, false)]
    [InlineData("housing-bound", null, "registered", false)]
    [InlineData("housing-bound", "registered", null, false)]
    [InlineData("housing-bound", "registered", "other", false)]
    [InlineData("housing-bound", "other", "other", false)]
    [InlineData("housing-bound", "registered", "registered", true)]
    [InlineData("housing-system", "other", "registered", false)]
    [InlineData("housing-system", "other", null, false)]
    [InlineData("housing-system", "other", "other", true)]
    [InlineData("housing-system", null, "other", true)]
    [InlineData("housing-system", null, null, true)]
    public void Gate_1_token_binding(string client, string? boundTo, string? presented, bool holds)
    {
        string? Value(string? name) => name switch { "registered" => Thumbprint, "other" => OtherThumbprint, _ => null };
        var request = Request with { Actor = Request.Actor with { ClientId = client, BoundTo = Value(boundTo), Presented = Value(presented) } };
        if (holds)
        {
            Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(request, Founded, Now).Outcome);
        }
        else
        {
            Refuses(1, "token-binding-mismatch", request);
        }
    }

    [Theory]
    [InlineData("fields-required")]
    [InlineData("fields-required", "*")]
    [InlineData("fields-required", "name", "birth*")]
    [InlineData("request-malformed", "name", "name")]
    public void Gate_2_fields_are_named_one_by_one(string code, params string[] fields) => Refuses(2, code, Request with { Fields = fields });

    [Theory]
    [InlineData("")]
    [InlineData("Rental")]
    [InlineData("rental welfare")]
    public void Gate_2_exactly_one_registered_purpose(string purpose) => Refuses(2, "unknown-purpose", Request with { Purpose = purpose });

    [Fact]
    public void Gate_3_a_prohibited_dataset_whatever_is_invoked()
    {
        Refuses(3, "dataset-prohibited", Request with { Dataset = "registry/informants", Fields = ["name"] });
        Refuses(3, "dataset-prohibited", Request with { Dataset = "registry/informants", Fields = ["name"], BreakGlass = "g1" });
    }

    [Fact]
    public void Gate_4_a_dataset_that_is_not_published() => Refuses(4, "not-found", Request with { Dataset = "registry/nothing" });

    [Fact]
    public void Gate_4_subjects_of_another_scheme() => Refuses(4, "request-malformed", Request with { SubjectScheme = "cn-unified-social-credit" });

    [Fact]
    public void Gate_4_a_field_that_the_dataset_does_not_hold()
    {
        var decision = Refuses(4, "unknown-field", Request with { Fields = ["name", "shoeSize"] });
        Assert.Equal(["shoeSize"], decision.Denied);
    }

    [Fact]
    public void Gate_5_no_agreement_at_all() =>
        Refuses(5, "agreement-not-active", Request with { Actor = Request.Actor with { ClientId = "registry-system" } });

    [Fact]
    public void Gate_5_a_suspended_agreement() =>
        Refuses(5, "agreement-not-active", Request with { Actor = Request.Actor with { ClientId = "centre-system" }, Fields = ["name"] });

    [Fact]
    public void Gate_5_an_agreement_out_of_its_term()
    {
        var agreement = Document.Agreements[0].Agreement;
        Assert.Equal("agreement-not-active", PolicyDecisionPoint.Decide(Request, Founded, agreement.ValidFrom.AddTicks(-1)).Problem?.Code);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, Founded, agreement.ValidFrom).Outcome);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, Founded, agreement.ValidTo.AddTicks(-1)).Outcome);
        Assert.Equal("agreement-not-active", PolicyDecisionPoint.Decide(Request, Founded, agreement.ValidTo).Problem?.Code);
    }

    [Fact]
    public void Gate_5_an_agreement_over_another_revision() =>
        Refuses(5, "agreement-not-active", Request, WithAgreement(agreement => agreement with { DatasetRevision = 1 }));

    [Fact]
    public void Gate_5_a_client_that_the_agreement_does_not_name() =>
        Refuses(5, "consumer-mismatch", Request with { Actor = Request.Actor with { ClientId = "housing-other" } });

    [Fact]
    public void Gate_5_a_purpose_that_the_agreement_does_not_grant() =>
        Refuses(5, "purpose-not-permitted", Request with { Purpose = "welfare", Fields = ["name"] });

    [Theory]
    [InlineData(ExchangeMode.Query, ExchangeMode.Query, true)]
    [InlineData(ExchangeMode.Query, ExchangeMode.Batch, false)]
    [InlineData(ExchangeMode.Batch, ExchangeMode.Query, false)]
    [InlineData(ExchangeMode.Batch, ExchangeMode.Batch, true)]
    [InlineData(ExchangeMode.QueryAndBatch, ExchangeMode.Query, true)]
    [InlineData(ExchangeMode.QueryAndBatch, ExchangeMode.Batch, true)]
    [InlineData(ExchangeMode.QueryAndBatch, ExchangeMode.QueryAndBatch, false)]
    [InlineData(ExchangeMode.None, ExchangeMode.Query, false)]
    [InlineData(ExchangeMode.None, ExchangeMode.None, false)]
    public void Gate_5_mode(ExchangeMode agreed, ExchangeMode asked, bool permits)
    {
        var decision = PolicyDecisionPoint.Decide(Request with { Mode = asked }, WithAgreement(agreement => agreement with { Mode = agreed }), Now);
        Assert.Equal(permits ? null : "agreement-not-active", decision.Problem?.Code);
        Assert.Equal(permits, decision.Outcome == DecisionOutcome.Permit);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(int.MaxValue, false)]
    public void Gate_5_quota(int used, bool permits) =>
        Assert.Equal(permits ? null : "quota-exceeded", PolicyDecisionPoint.Decide(Request with { QuotaUsed = used }, Founded, Now).Problem?.Code);

    [Fact]
    public void Gate_5_an_obligation_that_is_not_understood() =>
        Refuses(5, "agreement-not-active", Request, WithGrant(grant => grant with { Obligations = ["delete-after-use", "sing-a-song"] }));

    [Theory]
    [InlineData("actor-not-authorised")]
    [InlineData("actor-not-authorised", "citizen", "steward", "reviewer", "operator")]
    [InlineData("actor-not-authorised", "Department-System")]
    [InlineData("case-required", "desk-clerk")]
    [InlineData(null, "department-system")]
    [InlineData(null, "department-system", "desk-clerk")]
    public void Gate_6_role(string? code, params string[] roles) =>
        Assert.Equal(code, PolicyDecisionPoint.Decide(Request with { Actor = Request.Actor with { Roles = roles } }, Founded, Now).Problem?.Code);

    [Fact]
    public void Gate_6_a_case_that_no_register_knows_to_be_open()
    {
        Refuses(6, "case-required", Request, WithGrant(grant => grant with { CaseRequired = true }));
        Refuses(6, "case-required", Request with { Case = "c-1" }, WithGrant(grant => grant with { CaseRequired = true }));
        Refuses(6, "case-required", Request with { Case = "c-1", Actor = Request.Actor with { Roles = ["desk-clerk"] } });
    }

    [Fact]
    public void Gate_6_a_mandate_that_no_register_knows() => Refuses(6, "mandate-invalid", Request with { Mandate = "m-1" });

    [Fact]
    public void Gate_6_a_mandate_permits_what_it_is_for_while_it_is_in_force()
    {
        var mandate = new MandateRecord
        {
            Id = "m-1",
            Subject = Person,
            Kind = MandateKind.Agent,
            Delegate = Stranger,
            Confirmers = [],
            Needed = 0,
            Confirmed = [],
            Accepted = true,
            Themes = ["rental"],
            ValidFrom = Now,
            ValidTo = Now.AddDays(1),
            State = MandateState.Active,
        };
        var request = Request with { Mandate = "m-1" };

        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(request, With(mandate), Now).Outcome);
        Refuses(6, "mandate-invalid", request, With(mandate with { Subject = Stranger }));
        Refuses(6, "mandate-invalid", request, With(mandate with { Themes = ["welfare"] }));
        Refuses(6, "mandate-invalid", request, With(mandate with { ValidTo = Now }));
        foreach (var state in Enum.GetValues<MandateState>().Where(state => state != MandateState.Active))
        {
            Refuses(6, "mandate-invalid", request, With(mandate with { State = state }));
        }

        // Whoever has no grant does not learn whether there is a mandate.
        var stranger = request with { Actor = Request.Actor with { ClientId = "registry-system" } };
        Assert.Equivalent(
            PolicyDecisionPoint.Decide(stranger, Founded, Now).Reasons, PolicyDecisionPoint.Decide(stranger, With(mandate), Now).Reasons, strict: true);

        static RegionSnapshot With(MandateRecord mandate) => Founded.Apply(new PersonalChanged(LeafKinds.MandateConfirmed, mandate), Founded.GovernanceSize);
    }

    [Fact]
    public void Gate_7_a_field_beyond_the_grant() => Refuses(7, "fields-not-permitted", Request with { Fields = ["name", "weight"] });

    [Fact]
    public void Gate_7_a_field_beyond_the_purpose() =>
        Refuses(7, "fields-not-permitted", Request with { Fields = ["faith"] }, WithGrant(grant => grant with
        {
            Fields = [new GrantedField { Name = "faith", Transform = FieldTransform.Full, Basis = LegalBasis.StatutoryDuty, Citation = "Act" }],
        }));

    [Theory]
    [InlineData(FieldTransform.None)]
    [InlineData(FieldTransform.Full)]
    public void Gate_7_a_fuller_release_than_the_dataset_allows(FieldTransform transform) =>
        Refuses(7, "fields-not-permitted", Request, WithField("birthDate", field => field with { Transform = transform }));

    [Fact]
    public void Gate_9_an_objection_to_the_purpose_but_not_to_what_a_law_demands()
    {
        var objection = new RestrictionRecord { Id = "r-1", Subject = Person, Kind = RestrictionKind.Objection, State = RestrictionState.InForce, Purposes = ["rental"] };
        var contract = WithField("name", field => field with { Basis = LegalBasis.Contract });

        var decision = Refuses(9, "subject-restricted", Request, With(contract, objection));
        Assert.Equal(["name"], decision.Denied);
        Assert.Null(decision.Hold);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, With(Founded, objection), Now).Outcome);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, With(contract, objection with { Purposes = ["welfare"] }), Now).Outcome);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, With(contract, objection with { Subject = Stranger }), Now).Outcome);
    }

    [Fact]
    public void Gate_9_a_protective_hold_denies()
    {
        Refuses(9, "subject-restricted", Request, Founded.Restrict(Person));
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, Founded.Restrict(Stranger), Now).Outcome);
    }

    [Theory]
    [InlineData("held-for-review", AnomalyAction.HoldForReview)]
    [InlineData("throttled", AnomalyAction.Throttle)]
    [InlineData("step-up-required", AnomalyAction.StepUp)]
    [InlineData("held-for-review", AnomalyAction.StepUp, AnomalyAction.Throttle, AnomalyAction.HoldForReview)]
    [InlineData("throttled", AnomalyAction.Report, AnomalyAction.StepUp, AnomalyAction.Throttle)]
    public void Gate_9_a_finding_of_an_anomaly_rule_the_gravest_first(string code, params AnomalyAction[] actions) =>
        Refuses(9, code, Request with { Anomalies = [.. actions.Select(action => new AnomalyFact("no-open-case", action))] });

    [Fact]
    public void Gate_9_a_finding_that_is_only_reported_refuses_nothing() => Assert.Equal(
        DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request with { Anomalies = [new AnomalyFact("no-open-case", AnomalyAction.Report)] }, Founded, Now).Outcome);

    [Fact]
    public void Gate_9_tells_nothing_to_a_caller_whose_grant_covers_no_field()
    {
        var request = Request with { Fields = ["faith"] };
        var decision = Refuses(7, "fields-not-permitted", request, Founded.Restrict(Person));
        Assert.DoesNotContain(decision.Reasons, reason => reason.Gate > 7);
        Assert.Null(decision.Hold);
    }

    [Fact]
    public void Gate_10_a_break_glass_grant_that_no_register_knows() => Refuses(10, "break-glass-not-permitted", Request with { BreakGlass = "g-1" });

    private static RegionSnapshot With(RegionSnapshot rules, RestrictionRecord restriction) =>
        rules.Apply(new PersonalChanged(LeafKinds.RestrictionImposed, restriction), rules.GovernanceSize);

    /// <summary>Refused as a whole or for its fields, by this gate first.</summary>
    private static Decision Refuses(int gate, string code, ExchangeRequest request, RegionSnapshot? rules = null)
    {
        var decision = PolicyDecisionPoint.Decide(request, rules ?? Founded, Now);
        Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
        Assert.Equal(code, decision.Problem?.Code);
        Assert.Equal((gate, code), (decision.Reasons[0].Gate, decision.Reasons[0].Code));
        Assert.Empty(decision.Permitted);
        Assert.Empty(decision.Obligations);
        Assert.False(string.IsNullOrEmpty(decision.Remedy));
        return decision;
    }
}
