using System.Globalization;
using System.Text.Json.Nodes;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.CivilAffairs;

/// <summary>The register of marriages (婚姻登记): one document for each of the two. Its names are initials of Chinese words, as such systems have them.</summary>
internal static class MarriageRegister
{
    public static IEnumerable<LegacyDocument> Create(People people) =>
        people.Marriages.SelectMany((marriage, index) => new[]
        {
            Document(marriage, index, marriage.Husband, marriage.Wife),
            Document(marriage, index, marriage.Wife, marriage.Husband),
        });

    private static LegacyDocument Document(Marriage marriage, int index, Person self, Person spouse) => new(self.Number.Value, new()
    {
        ["sfzh"] = self.Number.Value,
        ["xm"] = self.Name,
        ["hyzk"] = marriage.DivorcedOn is null ? "已婚" : "离婚",
        ["po"] = new JsonObject { ["xm"] = spouse.Name, ["sfzh"] = spouse.Number.Value },
        ["djrq"] = Table.Date(marriage.RegisteredOn),
        ["lhrq"] = Table.Date(marriage.DivorcedOn),
        ["djjg"] = City.Name + marriage.Office.Name + "民政局婚姻登记处",
        ["zh"] = string.Create(CultureInfo.InvariantCulture, $"J{marriage.Office.Code}-{marriage.RegisteredOn.Year}-{index + 1:000000}"),
    });
}
