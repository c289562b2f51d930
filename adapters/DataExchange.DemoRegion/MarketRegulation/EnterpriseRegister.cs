using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.MarketRegulation;

/// <summary>The register of enterprises (市场主体): one row a legal representative.</summary>
internal static class EnterpriseRegister
{
    private static readonly string[] s_brands =
        ["澜岸", "松声", "半亩", "云笺", "拾光", "鹿角", "听潮", "青瓦", "小满", "知味", "北窗", "石上", "春山", "晚香", "白石"];

    private static readonly string[] s_trades = ["茶业", "餐饮", "书店", "木作", "文化传播", "信息技术", "花艺", "家政服务", "汽车维修", "农产品", "装饰工程"];

    private static readonly WeightedChoice<(string Kind, string Ending)> s_kinds = new(
        (("有限责任公司", "有限公司"), 70), (("个人独资企业", "工作室"), 22), (("合伙企业", "合伙企业（普通合伙）"), 8));

    private static readonly WeightedChoice<string> s_states = new(("存续", 86), ("注销", 10), ("吊销", 4));

    public static Table Create(People people)
    {
        var random = new SeededRandom("market-regulation/enterprise");
        return new Table(
            "enterprise",
            ["legal_rep_id", "legal_rep_name", "uscc", "name", "kind", "registered_on", "capital_10k_yuan", "address", "status"],
            people.All.Where(person => Represents(person, random)).Select((person, index) => Row(person, index, random)));
    }

    private static bool Represents(Person person, SeededRandom random) => person.Number.Value switch
    {
        DemoPeople.First or DemoPeople.Entrepreneur => true,
        DemoPeople.Single => false,
        _ => person.AgeOn(People.AsOf) is >= 22 and < 66 && random.Percent(6),
    };

    private static object?[] Row(Person person, int index, SeededRandom random)
    {
        var district = random.Pick(City.Districts);
        var (kind, ending) = s_kinds.Draw(random);
        var name = City.Name + random.Pick(s_brands) + random.Pick(s_trades) + ending;
        var registeredOn = random.Between(person.BirthDate.AddYears(20), People.AsOf);
        var known = person.Number.Value is DemoPeople.First or DemoPeople.Entrepreneur;
        return
        [
            person.Number.Value,
            person.Name,
            CreditCode.Enterprise(district.Code, 30_000_000 + index),
            name,
            kind,
            Table.Date(registeredOn),
            random.Between(1, 200) * 5,
            City.Street(district, random),
            known ? "存续" : s_states.Draw(random),
        ];
    }
}
