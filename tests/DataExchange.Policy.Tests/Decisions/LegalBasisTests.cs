using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>Gate 8: a cited basis, or a consent that fits in every respect.</summary>
public class LegalBasisTests
{
    private static readonly ExchangeRequest AsksIncome = Request with { Fields = ["income"] };
    private static readonly ExchangeRequest AsksHealth = Request with { Fields = ["health"] };
    private static readonly ConsentRecord ToHealth = Consent with { Id = "c2", Fields = ["health"], Kind = ConsentKind.Separate };

    [Theory]
    [InlineData(LegalBasis.None, "Act", "legal-basis-missing")]
    [InlineData(LegalBasis.StatutoryDuty, null, "legal-basis-missing")]
    [InlineData(LegalBasis.StatutoryDuty, "", "legal-basis-missing")]
    [InlineData(LegalBasis.StatutoryDuty, "Act", null)]
    [InlineData(LegalBasis.Contract, "Act", null)]
    [InlineData(LegalBasis.Consent, "Act", "consent-required")]
    public void A_basis_is_cited_or_consent_is_asked(LegalBasis basis, string? citation, string? code) => Assert.Equal(
        code, Code(AsksIncome, WithField("income", field => field with { Basis = basis, Citation = citation })));

    [Fact]
    public void A_consent_that_fits_permits_and_is_named()
    {
        var decision = PolicyDecisionPoint.Decide(AsksIncome, Founded.With(Consent), Now);
        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Equal(new PermittedField("income", FieldType.Integer, FieldTransform.Range, 5000, LegalBasis.Consent, "c1"), Assert.Single(decision.Permitted));
    }

    [Theory]
    [InlineData(ConsentState.None)]
    [InlineData(ConsentState.Requested, "consent-required")]
    [InlineData(ConsentState.Refused, "consent-required")]
    [InlineData(ConsentState.RequestExpired, "consent-required")]
    [InlineData(ConsentState.Given, null)]
    [InlineData(ConsentState.Renewed, null)]
    [InlineData(ConsentState.Withdrawn)]
    [InlineData(ConsentState.Revoked)]
    [InlineData(ConsentState.Expired)]
    [InlineData(ConsentState.Exhausted)]
    [InlineData(ConsentState.Invalidated)]
    [InlineData(ConsentState.Superseded)]
    public void Only_given_and_renewed_permit(ConsentState state, string? code = "consent-not-valid") =>
        Assert.Equal(code, Code(AsksIncome, Founded.With(Consent with { State = state })));

    [Fact]
    public void A_consent_about_anything_else_is_none()
    {
        foreach (var other in new[]
        {
            Consent with { Subject = Stranger },
            Consent with { Recipient = "centre" },
            Consent with { Purpose = "welfare" },
            Consent with { Dataset = "registry/informants" },
            Consent with { Fields = ["married"] },
        })
        {
            Assert.Equal("consent-required", Code(AsksIncome, Founded.With(other)));
        }
    }

    [Fact]
    public void A_consent_outside_its_term_or_to_another_notice_is_not_valid()
    {
        foreach (var stale in new[]
        {
            Consent with { ValidFrom = Now.AddTicks(1) },
            Consent with { ValidFrom = null },
            Consent with { ValidTo = Now },
            Consent with { Notice = "no-such-notice" },
            Consent with { NoticeRevision = 2 },
            Consent with { NoticeHash = Document.Notices[0].HashOf("en")! },
            Consent with { Language = "fr" },
        })
        {
            Assert.Equal("consent-not-valid", Code(AsksIncome, Founded.With(stale)));
        }
    }

    [Fact]
    public void A_new_revision_of_the_notice_ends_the_consents_to_the_old_one()
    {
        var rules = Founded.With(Consent);
        Assert.Null(Code(AsksIncome, rules));
        rules = rules.Apply(new NoticePublished(Document.Notices[0] with { Revision = 4 }), rules.GovernanceSize);
        Assert.Equal("consent-not-valid", Code(AsksIncome, rules));
    }

    [Fact]
    public void Of_several_consents_one_that_fits_is_enough_whatever_their_order()
    {
        var withdrawn = Consent with { Id = "c0", State = ConsentState.Withdrawn };
        Assert.Null(Code(AsksIncome, Founded.With(withdrawn, Consent)));
        Assert.Null(Code(AsksIncome, Founded.With(Consent, withdrawn)));
    }

    [Fact]
    public void A_sensitive_field_needs_a_separate_consent_even_where_the_grant_forgets_it()
    {
        foreach (var rules in new[] { Founded, WithField("health", field => field with { SeparateConsent = false }) })
        {
            Assert.Equal("separate-consent-required", Code(AsksHealth, rules));
            Assert.Equal("separate-consent-required", Code(AsksHealth, rules.With(ToHealth with { Kind = ConsentKind.General })));
            Assert.Equal("consent-not-valid", Code(AsksHealth, rules.With(ToHealth with { State = ConsentState.Withdrawn })));
            Assert.Null(Code(AsksHealth, rules.With(ToHealth)));
            Assert.Null(Code(AsksHealth, rules.With(ToHealth with { Kind = ConsentKind.Written })));
        }
    }

    [Theory]
    [InlineData("2012-06-01", ExpressedBy.Self, null)]
    [InlineData("2012-06-02", ExpressedBy.Self, "guardian-consent-required")]
    [InlineData("2012-06-02", ExpressedBy.Agent, "guardian-consent-required")]
    [InlineData("2012-06-02", ExpressedBy.None, "guardian-consent-required")]
    [InlineData("2012-06-02", ExpressedBy.Guardian, null)]
    [InlineData("9999-12-31", ExpressedBy.Self, "guardian-consent-required")]
    [InlineData(null, ExpressedBy.Self, null)]
    public void Under_fourteen_a_guardian_consents(string? born, ExpressedBy by, string? code)
    {
        var request = AsksIncome with { BirthDate = born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd") };
        Assert.Equal(code, Code(request, Founded.With(Consent with { ExpressedBy = by })));
    }

    [Fact]
    public void Without_a_usable_grant_nothing_tells_whether_the_subject_consented()
    {
        var requests = new[]
        {
            AsksIncome with { Actor = Request.Actor with { ClientId = "centre-system" } },
            AsksIncome with { Actor = Request.Actor with { ClientId = "nobody" } },
            AsksIncome with { Actor = Request.Actor with { Roles = ["citizen"] } },
            AsksIncome with { Purpose = "welfare" },
            AsksIncome with { QuotaUsed = 10 },
        };
        foreach (var request in requests)
        {
            var without = PolicyDecisionPoint.Decide(request, Founded, Now);
            var with = PolicyDecisionPoint.Decide(request, Founded.With(Consent, ToHealth).At(Founded.GovernanceSize + 2), Now);
            Assert.Equal(without.Reasons, with.Reasons);
            Assert.Equal(without.Denied, with.Denied);
            Assert.DoesNotContain(with.Reasons, reason => reason.Gate >= 8);
        }
    }

    [Fact]
    public void Atomic_by_default_and_in_part_for_the_lenient()
    {
        var request = Request with { Fields = ["health", "name", "income", "weight"] };
        var rules = Founded.With(Consent);
        var atomic = PolicyDecisionPoint.Decide(request, rules, Now);
        Assert.Equal(DecisionOutcome.Deny, atomic.Outcome);
        Assert.Equal("fields-not-permitted", atomic.Problem?.Code); // Gate 7 speaks before gate 8.
        Assert.Equal(["health", "weight"], atomic.Denied);
        Assert.Equal([(7, "weight"), (8, "health")], atomic.Reasons.Select(reason => (reason.Gate, reason.Field)));

        var lenient = PolicyDecisionPoint.Decide(request with { Lenient = true }, rules, Now);
        Assert.Equal(DecisionOutcome.Partial, lenient.Outcome);
        Assert.Null(lenient.Problem);
        Assert.Equal(["name", "income"], lenient.Permitted.Select(field => field.Name));
        Assert.Equal(atomic.Denied, lenient.Denied);
        Assert.Equal(atomic.Reasons, lenient.Reasons);
    }

    [Fact]
    public void Leniency_about_nothing_is_a_refusal() =>
        Assert.Equal("consent-required", Code(AsksIncome with { Lenient = true }, Founded));

    private static string? Code(ExchangeRequest request, RegionSnapshot rules)
    {
        var decision = PolicyDecisionPoint.Decide(request, rules, Now);
        Assert.Equal(decision.Problem is null, decision.Outcome != DecisionOutcome.Deny);
        return decision.Problem?.Code;
    }
}
