using DataExchange.DemoRegion.Chance;

namespace DataExchange.DemoRegion.Population;

/// <summary>Names in the proportions that are usual; combined at random, they belong to nobody in particular.</summary>
internal static class Names
{
    private static readonly WeightedChoice<string> s_surnames = new(
        ("王", 718), ("李", 718), ("张", 677), ("刘", 538), ("陈", 452), ("杨", 308), ("黄", 224), ("赵", 228), ("吴", 205), ("周", 212),
        ("徐", 167), ("孙", 154), ("马", 129), ("朱", 125), ("胡", 131), ("郭", 115), ("何", 117), ("林", 113), ("高", 100), ("罗", 95),
        ("郑", 94), ("梁", 84), ("谢", 77), ("宋", 70), ("唐", 70), ("许", 66), ("韩", 62), ("邓", 60), ("冯", 59), ("曹", 58),
        ("彭", 57), ("曾", 56), ("肖", 55), ("田", 51), ("董", 50), ("潘", 49), ("袁", 47), ("蔡", 46), ("蒋", 46), ("余", 45),
        ("于", 44), ("杜", 43), ("叶", 42), ("程", 41), ("魏", 41), ("苏", 40), ("吕", 39), ("丁", 38), ("任", 37), ("卢", 36),
        ("姚", 35), ("沈", 35), ("钟", 34), ("姜", 33), ("崔", 32), ("谭", 32), ("陆", 31), ("范", 30), ("汪", 30), ("廖", 29),
        ("欧阳", 7), ("司马", 2), ("上官", 2), ("诸葛", 1));

    private static readonly string[] s_doubleSurnames = ["欧阳", "司马", "上官", "诸葛"];

    private static readonly string[] s_firstMale =
        [.. "建国志明文俊海永德伟光成家世子宇浩天泽晨嘉景亦思一云承启立正春新学少长振东向兴继".Select(char.ToString)];

    private static readonly string[] s_lastMale =
        [.. "华强军平辉波刚勇杰涛超亮鹏飞斌龙峰林轩然博睿诚远航泽宁铭旭阳毅松柏川岳山恒".Select(char.ToString)];

    private static readonly string[] s_firstFemale =
        [.. "秀玉桂淑春美丽晓小雅诗雨思梦佳欣子梓静文慧海月云冬若如心安一嘉亦书婉清".Select(char.ToString)];

    private static readonly string[] s_lastFemale =
        [.. "英兰芳梅珍华娟艳燕霞玲红萍洁琳婷颖怡彤涵萱瑶妍琪薇雯宁悦然溪禾晴岚".Select(char.ToString)];

    public static string Surname(SeededRandom random) => s_surnames.Draw(random);

    /// <summary>The surnames of two characters are all in the table, and no surname of one character begins them.</summary>
    public static string SurnameOf(string name) => s_doubleSurnames.Any(surname => name.StartsWith(surname, StringComparison.Ordinal)) ? name[..2] : name[..1];

    /// <summary>One character in a fifth of the cases, else two.</summary>
    public static string Given(Sex sex, SeededRandom random)
    {
        var (first, last) = sex == Sex.Male ? (s_firstMale, s_lastMale) : (s_firstFemale, s_lastFemale);
        return random.Percent(20) ? random.Pick(last) : random.Pick(first) + random.Pick(last);
    }
}
