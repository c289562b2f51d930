namespace DataExchange.DemoRegion.Population;

/// <summary>The households of <see cref="DemoPeople"/>.</summary>
internal static class KnownFamilies
{
    public static void Settle(Town town, PersonFactory people)
    {
        var (pine, waves, isle) = (City.Districts[0], City.Districts[1], City.Districts[2]);

        var first = people.Register(DemoPeople.First, "王秀英");
        var husband = people.Register(DemoPeople.FirstsHusband, "李国强");
        town.Settle(pine, "明川省云澜市松月区听雨路18号3栋2单元501室", new(first, Relation.Head), new(husband, Relation.Spouse));
        town.Marry(new Marriage(husband, first, new DateOnly(1972, 10, 1), null, pine));

        var entrepreneur = people.Register(DemoPeople.Entrepreneur, "陈志明");
        var graduate = people.Register(DemoPeople.Graduate, "林晓雨");
        var child = people.Register(DemoPeople.Child, "陈一诺");
        town.Settle(
            waves,
            "明川省云澜市听澜区观澜大道66号9栋1单元1203室",
            new(entrepreneur, Relation.Head),
            new(graduate, Relation.Spouse),
            new(child, Relation.Daughter));
        town.Marry(new Marriage(entrepreneur, graduate, new DateOnly(2018, 5, 20), null, waves));

        var single = people.Register(DemoPeople.Single, "赵宁");
        town.Settle(isle, "明川省云澜市星渚区知秋巷7号2栋1单元302室", new HouseholdMember(single, Relation.Head));
    }
}
