using DataExchange.Contracts.Log;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Catalogue;

public class EntryRulesTests
{
    [Fact]
    public void A_complete_entry_has_no_fault() => Assert.Empty(EntryRules.Faults(TestEntries.Complete));

    [Fact]
    public void An_entry_as_founding_files_hold_it_is_told_everything_that_is_missing() => Assert.Equal(
        ["$.conditionsOfUse", "$.descriptions", "$.fields[0].names", "$.grade", "$.modes", "$.shareConditions", "$.theme"],
        EntryRules.Faults(TestEntries.Founding).Select(fault => fault.Path).Where(path => !path.StartsWith("$.fields", StringComparison.Ordinal) || path.Contains("[0]", StringComparison.Ordinal)).Order());

    public static TheoryData<string> Paths => new(Faulty.Keys);

    private static readonly Dictionary<string, Func<Dataset, Dataset>> Faulty = new()
    {
        ["$.impactAssessment"] = dataset => dataset with { ImpactAssessment = null },
        ["$.shareConditions"] = dataset => dataset with { ShareConditions = [] , Conditions = "In free words." },
        ["$.shareConditions[0].code"] = dataset => dataset with { ShareConditions = [dataset.ShareConditions![0] with { Code = "Not a code" }] },
        ["$.shareConditions[0].names"] = dataset => dataset with { ShareConditions = [dataset.ShareConditions![0] with { Names = new() { ["en"] = "English only" } }] },
        ["$.prohibition"] = dataset => dataset with { Prohibition = "A law" },
        ["$.conditions"] = dataset => dataset with { ShareClass = ShareClass.Prohibited, ShareConditions = null },
        ["$.modes"] = dataset => dataset with { Modes = [ExchangeMode.QueryAndBatch] },
        ["$.grade"] = dataset => dataset with { Grade = DataGrade.None },
        ["$.theme"] = dataset => dataset with { Theme = "Traffic and roads" },
        ["$.secrecyAssessment"] = dataset => dataset with { SecrecyAssessment = " " },
        ["$.fields[0].names"] = dataset => dataset.WithField("plate", field => field with { Names = new() { ["en"] = "Plate" } }),
        ["$.fields[2].transforms"] = dataset => dataset.WithField("power", field => field with { Transforms = [FieldTransform.Mask] }),
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_fault_is_told_by_its_place(string path) => Assert.Contains(path, EntryRules.Faults(Faulty[path](TestEntries.Complete)).Select(fault => fault.Path));

    [Fact]
    public void A_prohibited_entry_cites_what_prohibits_and_need_not_say_how_it_is_shared() => Assert.Empty(EntryRules.Faults(
        TestEntries.Complete with { ShareClass = ShareClass.Prohibited, ShareConditions = null, Modes = null, ConditionsOfUse = null, Prohibition = "Criminal Procedure Law, art. 286" }));

    [Fact]
    public void Older_entries_keep_their_canonical_form() => Assert.Equal(
        """{"classification":"secret","code":"registry/informants","conditions":"Informants Act, art. 1","fields":[{"category":"dpv-pd:Name","maxLength":200,"name":"name","nullable":false,"sensitive":false,"transforms":["Full"],"type":"String"}],"format":"json","names":{"en":"Informants","zh":"举报人"},"revision":1,"shareClass":"Prohibited","subjectScheme":"cn-resident-id","updateFrequency":"daily"}""",
        System.Text.Encoding.UTF8.GetString(GovernanceRecords.Write(new DatasetPublished(Fixture.TestRegion.Document.Datasets[1]))));

    [Fact]
    public void A_complete_entry_is_read_back_as_it_was_written()
    {
        var record = GovernanceRecords.Write(new DatasetPublished(TestEntries.Complete, TestEntries.Reviewer));
        var published = Assert.IsType<DatasetPublished>(GovernanceRecords.Read(LeafKinds.DatasetPublished, record));
        Assert.Equal(record, GovernanceRecords.Write(published));
        Assert.Empty(DatasetDiff.Between(TestEntries.Complete, published.Dataset));
        Assert.Equal(TestEntries.Reviewer, published.By);
    }
}
