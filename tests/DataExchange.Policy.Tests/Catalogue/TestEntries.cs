using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

/// <summary>Entries to begin a test with.</summary>
internal static class TestEntries
{
    public static readonly DateTimeOffset Later = TestRegion.Now.AddDays(1);

    public static readonly SubjectHandle Steward = new(new string('1', 64));

    public static readonly SubjectHandle Reviewer = new(new string('2', 64));

    /// <summary>The one dataset that is shared in the test region, revision 2.</summary>
    public static Dataset Founding => TestRegion.Document.Datasets[0];

    /// <summary>An entry that says everything an entry has to say.</summary>
    public static Dataset Complete { get; } = new()
    {
        Code = "registry/vehicles",
        Revision = 1,
        Names = Text("车辆登记", "Vehicle registration"),
        Descriptions = Text("机动车登记信息", "Who keeps which motor vehicle"),
        Theme = "transport",
        SubjectScheme = "cn-resident-id",
        Fields =
        [
            new DatasetField { Name = "plate", Type = FieldType.String, Category = "dpv-pd:VehicleLicenseNumber", MaxLength = 10, Transforms = [FieldTransform.Full, FieldTransform.Mask], Names = Text("号牌号码", "Plate") },
            new DatasetField { Name = "registeredOn", Type = FieldType.Date, Category = "dpv-pd:VehicleData", Nullable = true, Transforms = [FieldTransform.Full, FieldTransform.YearOnly, FieldTransform.Boolean], Names = Text("登记日期", "Registered on") },
            new DatasetField { Name = "power", Type = FieldType.Integer, Category = "engine", Transforms = [FieldTransform.Full, FieldTransform.Range], Names = Text("功率", "Power") },
            new DatasetField { Name = "weight", Type = FieldType.Number, Category = "engine", Transforms = [FieldTransform.Full, FieldTransform.Range, FieldTransform.Boolean], Names = Text("整备质量", "Weight") },
            new DatasetField { Name = "pledged", Type = FieldType.Boolean, Category = "dpv-pd:Financial", Sensitive = true, Transforms = [FieldTransform.Full], Names = Text("抵押", "Pledged") },
        ],
        Format = "application/json",
        UpdateFrequency = "daily",
        ShareClass = ShareClass.Conditional,
        ShareConditions = [new ShareCondition { Code = "statutory-duty", Names = Text("法定职责所需", "Needed for a statutory duty"), Citation = "Order 809, art. 14" }],
        ConditionsOfUse = Text("仅限本次事项", "For the matter at hand only"),
        Classification = "L3",
        Grade = DataGrade.General,
        Modes = [ExchangeMode.Query],
        ImpactAssessment = "PIA-9",
    };

    public static LocalizedText Text(string zh, string en) => new() { ["zh"] = zh, ["en"] = en };

    public static Dataset WithField(this Dataset dataset, string name, Func<DatasetField, DatasetField> change) =>
        dataset with { Fields = [.. dataset.Fields.Select(field => field.Name == name ? change(field) : field)] };

    public static Dataset Without(this Dataset dataset, string name) => dataset with { Fields = [.. dataset.Fields.Where(field => field.Name != name)] };

    public static RegionSnapshot Publish(this RegionSnapshot rules, Dataset dataset) => rules.Then(new DatasetPublished(dataset, Reviewer));

    public static RegionSnapshot Then(this RegionSnapshot rules, GovernanceEvent @event) => rules.Apply(@event, rules.GovernanceSize, Later);
}
