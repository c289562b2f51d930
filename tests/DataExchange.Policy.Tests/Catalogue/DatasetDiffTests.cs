using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using static DataExchange.Policy.Catalogue.DatasetChangeKind;

namespace DataExchange.Policy.Tests.Catalogue;

public class DatasetDiffTests
{
    private static Dataset Older => TestEntries.Complete;


    private static readonly (DatasetChangeKind Kind, bool Breaking, Func<Dataset, Dataset> Change)[] Cases =
    [
        (SubjectSchemeChanged, true, d => d with { SubjectScheme = "cn-credit-code" }),
        (FormatChanged, true, d => d with { Format = "text/csv" }),
        (UpdateFrequencyChanged, false, d => d with { UpdateFrequency = "weekly" }),
        (ShareClassTightened, true, d => d with { ShareClass = ShareClass.Prohibited, ShareConditions = null, Conditions = null }),
        (ShareClassLoosened, false, d => d with { ShareClass = ShareClass.Unconditional, ShareConditions = null }),
        (ConditionsReworded, true, d => d with { Conditions = "Only on Mondays." }),
        (ConditionAdded, true, d => d with { ShareConditions = [.. d.ShareConditions!, new ShareCondition { Code = "consent", Names = TestEntries.Text("同意", "Consent") }] }),
        (ConditionRemoved, false, d => d with { ShareConditions = [] }),
        (ConditionReworded, true, d => d with { ShareConditions = [d.ShareConditions![0] with { Names = TestEntries.Text("别的", "Something else") }] }),
        (ConditionReworded, true, d => d with { ShareConditions = [d.ShareConditions![0] with { Citation = "Another law" }] }),
        (ProhibitionChanged, false, d => d with { Prohibition = "A law" }),
        (ConditionsOfUseChanged, true, d => d with { ConditionsOfUse = TestEntries.Text("随意", "As you like") }),
        (ClassificationChanged, true, d => d with { Classification = "L4" }),
        (GradeRaised, true, d => d with { Grade = DataGrade.Core }),
        (ModeAdded, false, d => d with { Modes = [ExchangeMode.Query, ExchangeMode.Batch] }),
        (ModeRemoved, true, d => d with { Modes = [] }),
        (AssessmentChanged, false, d => d with { ImpactAssessment = "PIA-10" }),
        (AssessmentChanged, false, d => d with { SecrecyAssessment = "SA-1" }),
        (DescriptionChanged, false, d => d with { Names = TestEntries.Text("车辆", "Vehicles") }),
        (DescriptionChanged, false, d => d with { Descriptions = null }),
        (DescriptionChanged, false, d => d with { Theme = "roads" }),
        (FieldAdded, false, d => d with { Fields = [.. d.Fields, d.Fields[0] with { Name = "colour" }] }),
        (FieldRemoved, true, d => d.Without("plate")),
        (TypeChanged, true, d => d.WithField("power", f => f with { Type = FieldType.Number })),
        (BecameNullable, true, d => d.WithField("plate", f => f with { Nullable = true })),
        (NoLongerNullable, false, d => d.WithField("registeredOn", f => f with { Nullable = false })),
        (BecameSensitive, true, d => d.WithField("plate", f => f with { Sensitive = true })),
        (NoLongerSensitive, false, d => d.WithField("pledged", f => f with { Sensitive = false })),
        (CategoryChanged, true, d => d.WithField("plate", f => f with { Category = "dpv-pd:Name" })),
        (MaxLengthGrown, true, d => d.WithField("plate", f => f with { MaxLength = 11 })),
        (MaxLengthShrunk, false, d => d.WithField("plate", f => f with { MaxLength = 9 })),
        (TransformAdded, false, d => d.WithField("pledged", f => f with { Transforms = [FieldTransform.Full, FieldTransform.Boolean] })),
        (TransformRemoved, true, d => d.WithField("plate", f => f with { Transforms = [FieldTransform.Mask] })),
        (FieldNamesChanged, false, d => d.WithField("plate", f => f with { Names = null })),
    ];

    [Fact]
    public void Each_change_is_told_once_by_its_name_and_weight() => Assert.All(Cases, change =>
    {
        var told = Assert.Single(DatasetDiff.Between(Older, change.Change(Older)));
        Assert.Equal((change.Kind, change.Breaking), (told.Kind, told.Breaking));
        Assert.NotEmpty(told.Why);
    });

    [Fact]
    public void Every_kind_of_change_has_a_case() => Assert.Equal(
        Enum.GetValues<DatasetChangeKind>().Except([None, GradeLowered, ConditionsItemised, ConditionsOfUseStated]).Order(), Cases.Select(change => change.Kind).Distinct().Order());

    [Fact]
    public void A_grade_that_falls_breaks_nothing()
    {
        var told = Assert.Single(DatasetDiff.Between(Older with { Grade = DataGrade.Core }, Older));
        Assert.Equal((GradeLowered, false), (told.Kind, told.Breaking));
    }

    [Fact]
    public void An_older_entry_that_is_described_in_full_for_the_first_time_breaks_nothing()
    {
        var older = TestEntries.Complete with { Conditions = "For a statutory duty.", ShareConditions = null, ConditionsOfUse = null, Grade = null, Descriptions = null, Theme = null };
        var newer = TestEntries.Complete with { Conditions = "For a statutory duty." };
        Assert.Equal(
            [(DescriptionChanged, false), (DescriptionChanged, false), (ConditionsItemised, false), (ConditionsOfUseStated, false)],
            DatasetDiff.Between(older, newer).Select(change => (change.Kind, change.Breaking)));
        Assert.Contains(DatasetDiff.Between(older, newer with { Conditions = null }), change => change is { Kind: ConditionAdded, Breaking: true });
    }

    [Fact]
    public void The_same_description_does_not_differ_from_itself() => Assert.All(
        [TestEntries.Complete, TestEntries.Founding], dataset => Assert.Empty(DatasetDiff.Between(dataset, dataset with { Revision = dataset.Revision + 1 })));

    [Fact]
    public void The_first_revision_adds_fields_and_breaks_nothing()
    {
        var changes = DatasetDiff.Between(null, Older);
        Assert.Equal(Older.Fields.Select(field => field.Name), changes.Select(change => change.Field));
        Assert.All(changes, change => Assert.Equal((FieldAdded, false), (change.Kind, change.Breaking)));
    }

    [Fact]
    public void A_length_says_something_about_texts_only() =>
        Assert.Empty(DatasetDiff.Between(Older, Older.WithField("power", field => field with { MaxLength = 5_000 })));

    [Fact]
    public void Many_changes_are_all_told()
    {
        var changes = DatasetDiff.Between(Older, Older.Without("plate").WithField("power", field => field with { Nullable = true }) with { UpdateFrequency = "yearly" });
        Assert.Equal([UpdateFrequencyChanged, FieldRemoved, BecameNullable], changes.Select(change => change.Kind));
    }
}
