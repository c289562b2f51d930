using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestCases;

namespace DataExchange.Policy.Tests.Matters;

public class MatterRulesTests
{
    public static TheoryData<string, Func<Matter, Matter>> Faults => new()
    {
        { "$.code", matter => matter with { Code = "Home" } },
        { "$.revision", matter => matter with { Revision = 0 } },
        { "$.revision", matter => matter with { Revision = 2 } },
        { "$.names", matter => matter with { Names = new() { ["en"] = "Home" } } },
        { "$.service", matter => matter with { Service = " " } },
        { "$.desks", matter => matter with { Desks = ["nobody"] } },
        { "$.desks", matter => matter with { Desks = ["housing-system", "housing-system"] } },
        { "$.openDays", matter => matter with { OpenDays = 0 } },
        { "$.openDays", matter => matter with { OpenDays = 367 } },
        { "$.retentionDays", matter => matter with { RetentionDays = 0 } },
        { "$.needs", matter => matter with { Needs = [], Form = [] } },
        { "$.needs", matter => matter with { Needs = [.. matter.Needs.Select(need => need with { Necessity = Necessity.Optional })] } },
        { "$.needs", matter => matter with { Needs = [.. matter.Needs, matter.Needs[0]] } },
        { "$.needs[0].purpose", matter => matter with { RetentionDays = 31 } },
        { "$.needs[0].code", Need(need => need with { Code = "?" }) },
        { "$.needs[0].why", Need(need => need with { Why = [] }) },
        { "$.needs[0].necessity", Need(need => need with { Necessity = Necessity.None }) },
        { "$.needs[0].dataset", Need(need => need with { Dataset = "registry/nothing" }) },
        { "$.needs[0].dataset", Need(need => need with { Dataset = "registry/informants" }) },
        { "$.needs[0].purpose", Need(need => need with { Purpose = "nothing" }) },
        { "$.needs[0].fields", Need(need => need with { Fields = [] }) },
        { "$.needs[0].fields", Need(need => need with { Fields = ["name", "name"] }) },
        { "$.needs[0].fields", Need(need => need with { Fields = ["name", "shoeSize"] }) },
        { "$.needs[0].fields", Need(need => need with { Fields = ["name", "faith"] }) },
        { "$.needs[0].document.names", Need(need => need with { Document = need.Document with { Names = Text("别的", "Another") } }) },
        { "$.needs[0].counter.code", Need(need => need with { Counter = need.Counter with { Code = "" } }) },
        { "$.form[0]", matter => matter with { Form = [new FormPosition("residence", "income", "a")] } },
        { "$.form[0]", matter => matter with { Form = [new FormPosition("nothing", "name", "a")] } },
        { "$.form[0].position", matter => matter with { Form = [new FormPosition("residence", "name", "a b")] } },
        { "$.form", matter => matter with { Form = [new FormPosition("residence", "name", "a"), new FormPosition("residence", "birthDate", "a")] } },
    };

    [Fact]
    public void The_test_matter_has_no_fault() => Assert.Empty(MatterRules.Faults(Home, TestRegion.Founded));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_where_it_is(string path, Func<Matter, Matter> change) =>
        Assert.Contains(MatterRules.Faults(change(Home), TestRegion.Founded), fault => fault.Path == path);

    [Fact]
    public void All_faults_are_named_at_once() => Assert.Equal(
        ["$.code", "$.openDays", "$.service"],
        MatterRules.Faults(Home with { Code = "", OpenDays = 0, Service = "" }, TestRegion.Founded).Select(fault => fault.Path).Order());

    [Fact]
    public void A_revision_follows_the_one_before_and_both_can_be_found()
    {
        var second = Home with { Revision = 2, Desks = [] };
        Assert.Empty(MatterRules.Faults(second, Defined));

        var rules = Defined.Apply(new MatterDefined(second), Defined.GovernanceSize);

        Assert.Equal(second, rules.Matters.Find("home")!.Matter);
        Assert.Equal(Home, rules.Matters.Find("home", 1)!.Matter);
        Assert.Equal(Defined.GovernanceSize, rules.Matters.Find("home")!.LogIndex);
        Assert.Null(rules.Matters.Find("home", 3));
        Assert.Single(rules.Matters.Newest);
    }

    [Fact]
    public void A_founding_file_may_define_matters_and_one_without_gives_the_very_same_entries()
    {
        var with = TestRegion.Document with { Matters = [Home] };
        Assert.Empty(FoundingFile.Validate(with));

        var (before, after) = (FoundingFile.Events(TestRegion.Document).Skip(1).ToList(), FoundingFile.Events(with).Skip(1).ToList());

        Assert.Equal(before.Select(GovernanceRecords.Write), after.SkipLast(1).Select(GovernanceRecords.Write));
        Assert.Equal(Home.Code, Assert.IsType<MatterDefined>(after[^1]).Thing);
        Assert.Contains(FoundingFile.Validate(with with { Matters = [Home with { OpenDays = 0 }] }), fault => fault.Path == "$.matters[0].openDays");
    }

    [Fact]
    public void A_matter_is_read_back_as_it_was_written()
    {
        var written = GovernanceRecords.Write(new MatterDefined(Home));

        Assert.Equal(written, GovernanceRecords.Write(GovernanceRecords.Read("matter.defined", written)));
    }

    private static Func<Matter, Matter> Need(Func<MatterNeed, MatterNeed> change) => matter => matter with { Needs = [change(matter.Needs[0]), .. matter.Needs.Skip(1)] };
}
