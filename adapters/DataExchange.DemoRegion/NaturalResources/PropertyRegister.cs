using System.Globalization;
using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.NaturalResources;

/// <summary>The register of real property (不动产): one row an owner. Its headings are Chinese, as such files are.</summary>
internal static class PropertyRegister
{
    private static readonly WeightedChoice<string> s_uses = new(("住宅", 88), ("公寓", 8), ("商铺", 4));

    private static readonly WeightedChoice<int> s_properties = new((1, 82), (2, 15), (3, 3));

    private static readonly string[] s_banks = ["云澜农商银行", "明川发展银行", "松月村镇银行"];

    public static Table Create(People people)
    {
        var random = new SeededRandom("natural-resources/property");
        return new Table(
            "property",
            ["权利人证件号", "权利人", "不动产权证号", "坐落", "用途", "建筑面积", "登记日期", "抵押权人", "共有人", "名下套数"],
            people.Households.Where(household => Owns(household, random)).Select(household => Row(household, random)));
    }

    private static bool Owns(Household household, SeededRandom random) => household.Head.Number.Value switch
    {
        DemoPeople.First => true,
        DemoPeople.Single => false,
        _ => household.Head.AgeOn(People.AsOf) >= 25 && random.Percent(64),
    };

    private static object?[] Row(Household household, SeededRandom random)
    {
        var head = household.Head;
        var spouse = household.Members.FirstOrDefault(member => member.Relation == Relation.Spouse)?.Person.Name;
        var registeredOn = random.Between(head.BirthDate.AddYears(22), People.AsOf);
        var certificate = string.Create(
            CultureInfo.InvariantCulture,
            $"明({registeredOn.Year})云澜市不动产权第{random.Digits(7)}号");
        var first = head.Number.Value == DemoPeople.First;
        var mortgagee = first || random.Percent(35) ? random.Pick(s_banks) : null;
        var area = random.Between(320, 1800) / 10m;
        return
        [
            head.Number.Value, head.Name, certificate, household.Address, first ? "住宅" : s_uses.Draw(random), first ? 86.5m : area,
            Table.Date(registeredOn), mortgagee, spouse, first ? 1 : s_properties.Draw(random),
        ];
    }
}
