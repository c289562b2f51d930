using CsCheck;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

/// <summary>What becomes of an agreement over revision 2 when revision 3 is published. It grants name by Mask, birthDate, income, health and married, by Query.</summary>
public class CompatibilityTests
{
    private static readonly Dataset Next = TestEntries.Founding with { Revision = 3 };

    public static TheoryData<string> Compatible => new(CompatibleChanges.Keys);

    public static TheoryData<string> Broken => new(BreakingChanges.Keys);

    private static readonly Dictionary<string, Func<Dataset, Dataset>> CompatibleChanges = new()
    {
        ["nothing"] = dataset => dataset,
        ["a field more"] = dataset => dataset with { Fields = [.. dataset.Fields, dataset.Fields[0] with { Name = "nickname" }] },
        ["a field that is not granted is gone"] = dataset => dataset.Without("faith"),
        ["a field that is not granted became nullable"] = dataset => dataset.WithField("weight", field => field with { Nullable = true }),
        ["a transform that is not used is gone"] = dataset => dataset.WithField("name", field => field with { Transforms = [FieldTransform.Mask] }),
        ["texts are shorter"] = dataset => dataset.WithField("name", field => field with { MaxLength = 20 }),
        ["shared without conditions"] = dataset => dataset with { ShareClass = ShareClass.Unconditional, Conditions = null },
        ["batch is no longer offered"] = dataset => dataset with { Modes = [ExchangeMode.Query] },
        ["the conditions are named one by one"] = dataset => dataset with { ShareConditions = [new ShareCondition { Code = "agreement", Names = TestEntries.Text("依协议", "By agreement") }] },
        ["updated weekly"] = dataset => dataset with { UpdateFrequency = "weekly" },
    };

    private static readonly Dictionary<string, Func<Dataset, Dataset>> BreakingChanges = new()
    {
        ["a granted field became nullable"] = dataset => dataset.WithField("name", field => field with { Nullable = true }),
        ["a granted field became sensitive"] = dataset => dataset.WithField("name", field => field with { Sensitive = true }),
        ["a granted field has another type"] = dataset => dataset.WithField("name", field => field with { Type = FieldType.Date, Transforms = [FieldTransform.Full] }),
        ["the transform that is used is gone"] = dataset => dataset.WithField("name", field => field with { Transforms = [FieldTransform.Full] }),
        ["texts are longer"] = dataset => dataset.WithField("name", field => field with { MaxLength = 500 }),
        ["another granted field is gone"] = dataset => dataset.Without("married"),
        ["the conditions have other words"] = dataset => dataset with { Conditions = "On site only." },
        ["another level"] = dataset => dataset with { Classification = "secret" },
        ["query is no longer offered"] = dataset => dataset with { Modes = [ExchangeMode.Batch] },
    };

    [Theory]
    [MemberData(nameof(Compatible))]
    public void A_compatible_revision_leaves_the_agreement_serving_the_one_it_was_signed_over(string change)
    {
        var decision = Ask(TestRegion.Founded.Publish(CompatibleChanges[change](Next)));
        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Equal(2, decision.Served!.Revision);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_breaking_revision_ends_what_the_agreement_permits_and_says_why(string change)
    {
        var decision = Ask(TestRegion.Founded.Publish(BreakingChanges[change](Next)));
        Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
        Assert.Equal("agreement-not-active", decision.Problem!.Code);
        Assert.Null(decision.Served);
        var reason = Assert.Single(decision.Reasons, reason => reason.Gate == 5);
        Assert.Contains("over revision 2, and revision 3 breaks with it", reason.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Prohibition_ends_every_agreement_at_once()
    {
        var decision = Ask(TestRegion.Founded.Publish(Next with { ShareClass = ShareClass.Prohibited, Conditions = null, Prohibition = "The new Act, art. 9" }));
        Assert.Equal("dataset-prohibited", decision.Problem!.Code);
        Assert.Contains("The new Act, art. 9", decision.Reasons[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_revision_published_now_counts_and_not_the_ones_between()
    {
        var rules = TestRegion.Founded.Publish(Next.Without("married")).Publish(Next with { Revision = 4 });
        Assert.Equal(DecisionOutcome.Permit, Ask(rules).Outcome);
        Assert.Equal(DecisionOutcome.Deny, Ask(rules.Publish(Next.Without("name") with { Revision = 5 })).Outcome);
    }

    [Fact]
    public void Nothing_is_permitted_of_a_withdrawn_dataset()
    {
        var withdrawn = Withdraw(TestRegion.Founded);
        Assert.Null(withdrawn.FindDataset(TestRegion.Dataset));
        var decision = Ask(withdrawn);
        Assert.Equal("not-found", decision.Problem!.Code);
        Assert.Equal("The dataset was withdrawn.", decision.Reasons[0].Detail);
    }

    [Fact]
    public void An_agreement_over_a_withdrawn_revision_does_not_come_back_with_the_next_one()
    {
        var decision = Ask(Withdraw(TestRegion.Founded.Publish(Next)).Publish(Next with { Revision = 4 }));
        Assert.Equal("agreement-not-active", decision.Problem!.Code);
        Assert.Contains("which was withdrawn", decision.Reasons[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agreement_over_a_revision_that_was_never_published_permits_nothing() =>
        Assert.Equal("agreement-not-active", PolicyDecisionPoint.Decide(TestRegion.Request, TestRegion.WithAgreement(agreement => agreement with { DatasetRevision = 1 }), TestRegion.Now).Problem!.Code);

    [Fact]
    public void Whatever_is_released_over_an_older_revision_is_allowed_by_the_published_one_too()
    {
        var fields = TestEntries.Founding.Fields.Select(field => field.Name).ToArray();
        var change = Gen.Select(Gen.Int[0, fields.Length - 1].Select(index => fields[index]), Gen.Int[0, 6], (name, what) => new Func<Dataset, Dataset>(dataset => what switch
        {
            0 => dataset.Without(name),
            1 => dataset.WithField(name, field => field with { Nullable = !field.Nullable }),
            2 => dataset.WithField(name, field => field with { Sensitive = !field.Sensitive }),
            3 => dataset.WithField(name, field => field with { Transforms = [.. field.Transforms.Skip(1)] }),
            4 => dataset.WithField(name, field => field with { MaxLength = field.MaxLength + 1 }),
            5 => dataset.WithField(name, field => field with { MaxLength = field.MaxLength - 1 }),
            _ => dataset with { Fields = [.. dataset.Fields, dataset.Fields[0] with { Name = $"added{dataset.Fields.Count}" }] },
        }));
        change.List[1, 4].Sample(changes =>
        {
            var published = changes.Aggregate(Next, (dataset, next) => next(dataset));
            var request = TestRegion.Request with { Fields = ["name", "birthDate", "income", "married"], Lenient = true };
            var decision = PolicyDecisionPoint.Decide(request, TestRegion.Founded.With(TestRegion.Consent).Publish(published), TestRegion.Now);
            return decision.Permitted.All(permitted =>
                published.FindField(permitted.Name) is { } now && TestEntries.Founding.FindField(permitted.Name) is { } signed
                && now.Transforms.Contains(permitted.Transform) && now.Type == signed.Type && now.Sensitive == signed.Sensitive
                && (signed.Nullable || !now.Nullable) && (now.Type != FieldType.String || now.MaxLength <= signed.MaxLength));
        });
    }

    private static Decision Ask(RegionSnapshot rules) => PolicyDecisionPoint.Decide(TestRegion.Request, rules, TestRegion.Now);

    private static RegionSnapshot Withdraw(RegionSnapshot rules) =>
        rules.Then(new DatasetWithdrawn(TestRegion.Dataset, rules.FindDataset(TestRegion.Dataset)!.Revision, "Moved.", TestEntries.Steward));
}
