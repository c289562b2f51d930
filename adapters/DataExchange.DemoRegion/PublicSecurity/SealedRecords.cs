using System.Globalization;
using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.PublicSecurity;

/// <summary>
/// Sealed criminal records. Sharing them is prohibited, so no adapter is configured to read this table: the region shows that a
/// register may be in the catalogue and in the same database and still have no door.
/// </summary>
internal static class SealedRecords
{
    public const string Name = "sealed_record";

    public static Table Create(People people)
    {
        var random = new SeededRandom("public-security/criminal-record");
        return new Table(
            Name,
            ["id_number", "full_name", "case_number", "sealed_on"],
            people.All.Where(person => person.AgeOn(People.AsOf) is >= 20 and < 40 && random.Below(200) == 0).Select(person => Row(person, random)));
    }

    private static object?[] Row(Person person, SeededRandom random)
    {
        var sealedOn = random.Between(person.BirthDate.AddYears(17), person.BirthDate.AddYears(20));
        var caseNumber = string.Create(CultureInfo.InvariantCulture, $"({sealedOn.Year})云澜刑初{random.Between(1, 480)}号");
        return [person.Number.Value, person.Name, caseNumber, Table.Date(sealedOn)];
    }
}
