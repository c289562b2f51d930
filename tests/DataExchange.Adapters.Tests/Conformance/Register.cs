using System.Text;

namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>One row of the register that every back end of the suite holds.</summary>
internal sealed record Person(string Number, string Name, string? Address, string? Born, int? Dependants, decimal? Income, bool? Active, string? Note);

/// <summary>The same few people in every back end. Invented, like their numbers.</summary>
internal static class Register
{
    public const string Dataset = "civil-affairs/people";
    public const string Scheme = "cn-resident-id";

    public static readonly Person Known = new("11010519491231002X", "张三", "北京市朝阳区建国路1号", "1949-12-31", 2, 12345.60m, true, "存档");

    /// <summary>Beyond the basic plane, and nothing else known.</summary>
    public static readonly Person Unsaid = new("110105198001010016", "𠮷野𡘙", null, null, null, null, null, null);

    /// <summary>Everything that could break out of a statement, a cell or a text.</summary>
    public static readonly Person Awkward = new("110105198001010024", "O'Brien\"; DROP TABLE people;--", "a,b;c|d\te\nf\\g`h", "2000-02-29", 0, -0.01m, false, "null");

    public static readonly Person Big = new("110105198001010032", "李四", Long(), "1980-01-01", 9, 0.10m, true, "");

    public static readonly IReadOnlyList<Person> People = [Known, Unsaid, Awkward, Big, .. Crowd()];

    public static readonly string[] Fields = ["name", "address", "birthDate", "dependants", "income", "active", "note"];

    // 180 kB in UTF-8, 120 kB in GB 18030.
    private static string Long()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 60_000; i++)
        {
            text.Append((char)('一' + (i % 5000)));
        }

        return text.ToString();
    }

    private static IEnumerable<Person> Crowd() =>
        Enumerable.Range(0, 64).Select(i => new Person($"11010519900101{i:D4}", $"住户{i}", $"第{i}号", "1990-01-01", i, i, i % 2 == 0, null));
}
