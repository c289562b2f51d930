using System.Globalization;
using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.PublicSecurity;

/// <summary>The register of residents (户籍): one row a person.</summary>
internal static class ResidentRegister
{
    public const string Name = "resident";

    public static Table Create(People people)
    {
        var random = new SeededRandom("public-security/residence");
        return new Table(
            Name,
            ["id_number", "full_name", "sex", "birth_date", "address", "household_number", "relation_to_head", "phone", "registered_on"],
            people.Households.SelectMany(household => household.Members.Select(member => Row(household, member, random))));
    }

    private static object?[] Row(Household household, HouseholdMember member, SeededRandom random)
    {
        var (person, relation) = member;
        return
        [
            person.Number.Value,
            person.Name,
            person.Sex == Sex.Male ? "男" : "女",
            Compact(person.BirthDate),
            household.Address,
            household.Number,
            InChinese(relation),
            person.AgeOn(People.AsOf) < 14 ? null : person.Phone,
            Compact(random.Between(person.BirthDate, People.AsOf)),
        ];
    }

    /// <summary>This register writes dates without hyphens; the adapter is told so.</summary>
    private static string Compact(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string InChinese(Relation relation) => relation switch
    {
        Relation.Head => "户主",
        Relation.Spouse => "配偶",
        Relation.Son => "子",
        Relation.Daughter => "女",
        Relation.Father => "父亲",
        Relation.Mother => "母亲",
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };
}
