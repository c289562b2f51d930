using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.HumanResources;

/// <summary>The register of the socially insured (社会保险): one row an adult.</summary>
internal static class InsuranceRegister
{
    public const string Name = "insured";

    private static readonly WeightedChoice<string?> s_disability = new((null, 96), ("四级", 2), ("三级", 1), ("二级", 1));

    private static readonly string[] s_trades = ["纺织", "机械", "软件", "物流", "食品", "建筑", "医疗器械", "印务", "园林", "电子"];

    private static readonly string[] s_firms = ["澜光", "松石", "鹿野", "云栈", "青屿", "半山", "望川", "木禾", "清和", "南枝"];

    public static Table Create(People people)
    {
        var random = new SeededRandom("human-resources/social-insurance");
        return new Table(
            Name,
            ["id_number", "full_name", "status", "employer", "monthly_base", "months_paid", "bank_account", "disability_grade"],
            people.All.Where(person => person.AgeOn(People.AsOf) >= 18).Select(person => Row(person, random)));
    }

    private static object?[] Row(Person person, SeededRandom random)
    {
        if (person.Number.Value == DemoPeople.First)
        {
            return [DemoPeople.First, person.Name, "退休", null, 8600, 372, "9900000000000000001", "四级"];
        }

        var age = person.AgeOn(People.AsOf);
        var retired = age >= (person.Sex == Sex.Male ? 60 : 55);
        var status = retired ? "退休" : random.Percent(88) ? "参保缴费" : "暂停缴费";
        var months = random.Between(0, (Math.Min(age, 60) - 18) * 12);
        var employer = status == "参保缴费" ? City.Name + random.Pick(s_firms) + random.Pick(s_trades) + "有限公司" : null;
        var disability = s_disability.Draw(random);
        return [person.Number.Value, person.Name, status, employer, random.Between(60, 520) * 50, months, Account(random), disability];
    }

    /// <summary>Nineteen digits with a prefix that no bank has.</summary>
    private static string Account(SeededRandom random) => "99" + random.Digits(17);
}
