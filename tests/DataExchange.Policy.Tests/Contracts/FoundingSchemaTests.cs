using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Json;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Contracts;

/// <summary><c>contracts/schemas/founding-document.schema.json</c> against the types that read the file.</summary>
public class FoundingSchemaTests
{
    private static readonly JsonObject Schema =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "founding-document.schema.json")))!.AsObject();

    public static TheoryData<string, Type> Objects => new()
    {
        { "", typeof(FoundingDocument) },
        { "member", typeof(Member) },
        { "clientRegistration", typeof(ClientRegistration) },
        { "purpose", typeof(Purpose) },
        { "dataset", typeof(Dataset) },
        { "datasetField", typeof(DatasetField) },
        { "shareCondition", typeof(ShareCondition) },
        { "notice", typeof(ConsentNotice) },
        { "signedAgreement", typeof(SignedAgreement) },
        { "agreement", typeof(SharingAgreement) },
        { "quota", typeof(Quota) },
        { "suspensionRule", typeof(SuspensionRule) },
        { "quorum", typeof(RegionQuorum) },
        { "grant", typeof(Grant) },
        { "grantedField", typeof(GrantedField) },
        { "matter", typeof(Matter) },
        { "matterNeed", typeof(MatterNeed) },
        { "spared", typeof(Spared) },
        { "formPosition", typeof(FormPosition) },
        { "monitoring", typeof(AnomalyRuleSet) },
        { "countLimits", typeof(CountLimits) },
        { "relationLimits", typeof(RelationLimits) },
        { "subjectsPerHour", typeof(SubjectsPerHourLimits) },
        { "sequentialNumbers", typeof(SequentialNumbersLimits) },
        { "outOfHours", typeof(OutOfHoursLimits) },
    };

    public static TheoryData<string, string, Type> Enums => new()
    {
        { "dataset", "shareClass", typeof(ShareClass) },
        { "dataset", "grade", typeof(DataGrade) },
        { "datasetField", "type", typeof(FieldType) },
        { "", "transform", typeof(FieldTransform) },
        { "agreement", "mode", typeof(ExchangeMode) },
        { "quota", "period", typeof(QuotaPeriod) },
        { "suspensionRule", "of", typeof(SuspensionCause) },
        { "grantedField", "basis", typeof(LegalBasis) },
        { "matterNeed", "necessity", typeof(Necessity) },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_schema_has_the_members_that_are_read_and_requires_those_that_are_required(string definition, Type type)
    {
        var schema = definition.Length == 0 ? Schema : Schema["$defs"]![definition]!.AsObject();
        var properties = Contract(type).Properties.Where(property => property.Get is not null || property.Set is not null).ToList();
        Assert.Equal(properties.Select(property => property.Name).Order(), schema["properties"]!.AsObject().Select(property => property.Key).Order());
        Assert.Equal(
            properties.Where(property => property.IsRequired).Select(property => property.Name).Order(),
            schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order());
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void The_schema_offers_every_value_but_the_one_that_only_refuses(string definition, string property, Type type)
    {
        var schema = definition.Length == 0 ? Schema["$defs"]![property]! : Schema["$defs"]![definition]!["properties"]![property]!;
        Assert.Equal(Enum.GetNames(type).Where(name => name != "None").Order(), schema["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order());
    }

    [Fact]
    public void The_schema_offers_every_obligation_that_is_understood() => Assert.Equal(
        Obligations.Known.Order(), Schema["$defs"]!["grant"]!["properties"]!["obligations"]!["items"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order());

    private static JsonTypeInfo Contract(Type type) => PolicyJsonContext.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is not read.");
}
