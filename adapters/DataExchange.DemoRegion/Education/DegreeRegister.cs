using System.Globalization;
using System.Text.Json.Nodes;
using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.Education;

/// <summary>The register of degrees (学历学位): one document a holder, about the highest.</summary>
internal static class DegreeRegister
{
    /// <summary>A level with the youngest age at which it is awarded here.</summary>
    private sealed record Level(string Code, string Name, int Age);

    private static readonly Level s_master = new("3", "硕士", 25);

    private static readonly WeightedChoice<Level> s_levels = new(
        (new("1", "专科", 21), 45), (new("2", "学士", 22), 43), (s_master, 10), (new("4", "博士", 28), 2));

    private static readonly string[] s_subjects =
        ["汉语言文学", "土木工程", "临床医学", "会计学", "计算机科学与技术", "园林", "法学", "机械工程", "护理学", "数学与应用数学", "公共管理"];

    private static readonly string[] s_schools = ["云澜大学", "明川师范学院", "听澜理工学院", "松月职业技术学院", "素湖医科大学"];

    public static IEnumerable<LegacyDocument> Create(People people)
    {
        var random = new SeededRandom("education/degree");
        return people.All.Where(person => Holds(person, random)).Select(person => Document(person, random));
    }

    private static bool Holds(Person person, SeededRandom random) => person.Number.Value switch
    {
        DemoPeople.First or DemoPeople.Graduate => true,
        DemoPeople.Single => false,
        _ => person.AgeOn(People.AsOf) >= 29 && random.Percent(person.BirthDate.Year < 1970 ? 12 : 48),
    };

    private static LegacyDocument Document(Person person, SeededRandom random)
    {
        var level = person.Number.Value == DemoPeople.Graduate ? s_master : s_levels.Draw(random);
        var awardedOn = new DateOnly(person.BirthDate.Year + level.Age + random.Below(2), 7, 1);
        return new LegacyDocument(person.Number.Value, new JsonObject
        {
            ["sfzh"] = person.Number.Value,
            ["xm"] = person.Name,
            ["xl"] = new JsonObject { ["dm"] = level.Code, ["mc"] = level.Name },
            ["zy"] = random.Pick(s_subjects),
            ["yx"] = random.Pick(s_schools),
            ["byrq"] = Table.Date(awardedOn),
            ["zsbh"] = string.Create(CultureInfo.InvariantCulture, $"9941{awardedOn.Year}{random.Digits(8)}"),
        });
    }
}
