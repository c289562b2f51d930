using System.Globalization;
using DataExchange.DemoRegion.Chance;

namespace DataExchange.DemoRegion.Population;

/// <summary>A district of the invented city.</summary>
/// <param name="Code">Six digits that GB/T 2260 assigns to no place, so that no number made from them was ever issued to anyone.</param>
/// <param name="Name">Invented.</param>
internal sealed record District(string Code, string Name);

/// <summary>Yunlan (云澜市) in Mingchuan province (明川省): neither is on any map.</summary>
internal static class City
{
    public const string Name = "云澜市";

    public static readonly IReadOnlyList<District> Districts =
    [
        new("419901", "松月区"),
        new("419902", "听澜区"),
        new("419903", "星渚区"),
        new("419904", "素湖区"),
        new("419905", "晴沙区"),
        new("419906", "墨溪区"),
    ];

    private static readonly string[] s_roadNames =
    [
        "听雨", "观澜", "落霞", "鹿鸣", "采薇", "望舒", "栖云", "流萤", "扶光", "踏歌", "拾翠", "枕溪", "揽星", "问渠", "知秋",
        "青禾", "白露", "云帆", "石榴", "竹影", "梧桐里", "桂子", "杏坛", "莲心", "橘洲里", "松风", "雪芽", "归雁", "长亭", "飞鸢",
    ];

    private static readonly string[] s_roadKinds = ["路", "路", "路", "街", "街", "巷", "大道"];

    /// <summary>A flat in the district: road, number, building, entrance, door.</summary>
    public static string Address(District district, SeededRandom random) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Street(district, random)}{random.Between(1, 28)}栋{random.Between(1, 4)}单元{random.Between(1, 18)}{random.Between(1, 4):00}室");

    /// <summary>A house number without a door.</summary>
    public static string Street(District district, SeededRandom random) => string.Create(
        CultureInfo.InvariantCulture,
        $"明川省{Name}{district.Name}{random.Pick(s_roadNames)}{random.Pick(s_roadKinds)}{random.Between(1, 399)}号");
}
