using DataExchange.DemoRegion.CivilAffairs;
using DataExchange.DemoRegion.Population;

namespace DataExchange.Adapters.Tests.DemoRegion;

public class PeopleTests
{
    private static readonly People s_people = People.Create();

    [Fact]
    public void There_are_at_least_twenty_thousand_and_no_number_twice()
    {
        var numbers = s_people.All.Select(person => person.Number.Value).ToList();

        Assert.True(numbers.Count >= 20_000, $"only {numbers.Count}");
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(DemoPeople.First, numbers[0]);
    }

    [Fact]
    public void Every_number_has_its_check_character_and_a_division_of_the_city()
    {
        var divisions = City.Districts.Select(district => district.Code).ToHashSet();

        Assert.All(s_people.All, person => Assert.True(ResidentNumber.TryParse(person.Number.Value, out _)));
        Assert.All(s_people.All.Skip(1), person => Assert.Contains(person.Number.Value[..6], divisions));
    }

    [Fact]
    public void Nobody_is_born_after_the_day_that_the_registers_describe() =>
        Assert.All(s_people.All, person => Assert.InRange(person.BirthDate, new DateOnly(1930, 1, 1), People.AsOf));

    [Fact]
    public void Some_are_children_under_fourteen() =>
        Assert.InRange(s_people.All.Count(person => person.AgeOn(People.AsOf) < 14), 1_000, 10_000);

    [Fact]
    public void A_household_has_one_head_of_age_and_at_most_one_spouse() => Assert.All(s_people.Households, household =>
    {
        Assert.Equal(Relation.Head, household.Members[0].Relation);
        Assert.Single(household.Members, member => member.Relation == Relation.Head);
        Assert.True(household.Members.Count(member => member.Relation == Relation.Spouse) <= 1);
        Assert.True(household.Head.AgeOn(People.AsOf) >= 18);
    });

    [Fact]
    public void Household_numbers_are_unique_and_begin_with_the_district()
    {
        Assert.Equal(s_people.Households.Count, s_people.Households.Select(household => household.Number).Distinct().Count());
        Assert.All(s_people.Households, household => Assert.StartsWith(household.District.Code, household.Number, StringComparison.Ordinal));
        Assert.All(s_people.Households, household => Assert.Contains(household.District.Name, household.Address, StringComparison.Ordinal));
    }

    [Fact]
    public void Head_and_spouse_are_married_to_each_other()
    {
        var couples = s_people.Marriages.Where(marriage => marriage.DivorcedOn is null)
            .SelectMany(marriage => new[] { (marriage.Husband, marriage.Wife), (marriage.Wife, marriage.Husband) })
            .ToHashSet();

        Assert.All(
            s_people.Households.Where(household => household.Members.Any(member => member.Relation == Relation.Spouse)),
            household => Assert.Contains((household.Head, household.Members.Single(member => member.Relation == Relation.Spouse).Person), couples));
    }

    [Fact]
    public void Nobody_marries_too_young_twice_or_after_the_day_described()
    {
        Assert.All(s_people.Marriages, marriage =>
        {
            Assert.Equal((Sex.Male, Sex.Female), (marriage.Husband.Sex, marriage.Wife.Sex));
            Assert.True(marriage.Husband.AgeOn(marriage.RegisteredOn) >= 22);
            Assert.True(marriage.Wife.AgeOn(marriage.RegisteredOn) >= 20);
            Assert.True(marriage.RegisteredOn <= People.AsOf);
            Assert.True(marriage.DivorcedOn is null || (marriage.DivorcedOn > marriage.RegisteredOn && marriage.DivorcedOn <= People.AsOf));
        });

        var spouses = s_people.Marriages.SelectMany(marriage => new[] { marriage.Husband.Number, marriage.Wife.Number }).ToList();
        Assert.Equal(spouses.Count, spouses.Distinct().Count());
    }

    [Fact]
    public void Everyone_who_is_married_lives_in_the_region()
    {
        var residents = s_people.All.ToHashSet();

        Assert.All(s_people.Marriages, marriage => Assert.True(residents.Contains(marriage.Husband) && residents.Contains(marriage.Wife)));
    }

    [Fact]
    public void Children_are_born_in_their_mothers_time() => Assert.All(s_people.Households, household =>
    {
        var mother = household.Members.FirstOrDefault(member =>
            member.Person.Sex == Sex.Female && member.Relation is Relation.Head or Relation.Spouse)?.Person;
        foreach (var child in household.Members.Where(member => member.Relation is Relation.Son or Relation.Daughter))
        {
            Assert.Equal(child.Relation == Relation.Son ? Sex.Male : Sex.Female, child.Person.Sex);
            Assert.InRange(mother!.AgeOn(child.Person.BirthDate), 20, 44);
        }
    });

    [Fact]
    public void Each_of_a_couple_has_a_marriage_document_that_names_the_other()
    {
        var documents = MarriageRegister.Create(s_people).ToDictionary(document => document.Number);

        Assert.Equal(2 * s_people.Marriages.Count, documents.Count);
        Assert.Equal("李国强", (string?)documents[DemoPeople.First].Content["po"]!["xm"]);
        Assert.Equal(DemoPeople.First, (string?)documents[DemoPeople.FirstsHusband].Content["po"]!["sfzh"]);
    }

    [Fact]
    public void The_people_made_by_hand_are_who_their_names_say()
    {
        var people = s_people.All.ToDictionary(person => person.Number.Value);

        Assert.Equal("王秀英", people[DemoPeople.First].Name);
        Assert.True(people[DemoPeople.Child].AgeOn(new DateOnly(2034, 12, 31)) < 14);
        Assert.Equal((Sex.Male, Sex.Female), (people[DemoPeople.Entrepreneur].Sex, people[DemoPeople.Graduate].Sex));
        Assert.DoesNotContain(s_people.Marriages, marriage => marriage.Husband == people[DemoPeople.Single]);
    }
}
