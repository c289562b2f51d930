using DataExchange.DemoRegion.Chance;

namespace DataExchange.DemoRegion.Population;

/// <summary>Settles families of the usual kinds. Every date in them can be true: nobody marries or has children too young.</summary>
internal sealed class FamilyBuilder(SeededRandom random, PersonFactory people, Town town)
{
    private enum Kind { Single, Couple, Parents, ThreeGenerations, Divorced }

    private static readonly WeightedChoice<Kind> s_kinds = new(
        (Kind.Single, 17), (Kind.Couple, 18), (Kind.Parents, 45), (Kind.ThreeGenerations, 13), (Kind.Divorced, 7));

    private static readonly WeightedChoice<int> s_children = new((1, 58), (2, 35), (3, 7));

    /// <summary>Adds one family, of one household or, after a divorce, of two.</summary>
    public void SettleOne()
    {
        switch (s_kinds.Draw(random))
        {
            case Kind.Single:
                var (from, to) = Years(1950, 2006);
                Settle(new HouseholdMember(people.Create(AnySex(), random.Between(from, to), Anywhere()), Relation.Head));
                break;
            case Kind.Couple:
                Settle(Together(Wed(born: Years(1938, 2000), null)));
                break;
            case Kind.Parents:
                var parents = Wed(born: Years(1960, 1996), null);
                Settle([.. Together(parents), .. Children(parents)]);
                break;
            case Kind.ThreeGenerations:
                Settle(ThreeGenerations());
                break;
            case Kind.Divorced:
                SettleDivorced();
                break;
        }
    }

    private List<HouseholdMember> ThreeGenerations()
    {
        var grandparents = Wed(born: Years(1938, 1960), null);
        var son = people.Create(
            Sex.Male,
            random.Between(grandparents.RegisteredOn.AddYears(1), grandparents.RegisteredOn.AddYears(6)),
            grandparents.Office,
            Names.SurnameOf(grandparents.Husband.Name));
        var parents = Wed(Around(son), son);
        return
        [
            .. Together(parents),
            .. Children(parents),
            new(grandparents.Husband, Relation.Father),
            new(grandparents.Wife, Relation.Mother),
        ];
    }

    /// <summary>The mother keeps the children; the father moves to an address of his own.</summary>
    private void SettleDivorced()
    {
        var marriage = Wed(born: Years(1962, 1990), null, divorced: true);
        Settle([new(marriage.Wife, Relation.Head), .. Children(marriage)]);
        Settle(new HouseholdMember(marriage.Husband, Relation.Head));
    }

    /// <summary>A wife born in those days and, unless he is given, a husband of a fitting age; both of age on the day of the wedding.</summary>
    private Marriage Wed((DateOnly From, DateOnly To) born, Person? husband, bool divorced = false)
    {
        var wife = people.Create(Sex.Female, random.Between(born.From, born.To), Anywhere());
        husband ??= people.Create(Sex.Male, wife.BirthDate.AddDays(random.Between(-2200, 700)), Anywhere());
        var earliest = Latest(wife.BirthDate.AddYears(20), husband.BirthDate.AddYears(22));
        var registeredOn = random.Between(earliest, Earliest(earliest.AddYears(9), People.AsOf));
        DateOnly? divorcedOn = divorced ? random.Between(registeredOn.AddYears(1), Earliest(registeredOn.AddYears(20), People.AsOf)) : null;
        var marriage = new Marriage(husband, wife, registeredOn, divorcedOn, Anywhere());
        town.Marry(marriage);
        return marriage;
    }

    /// <summary>Born in the marriage before the mother is 44, two years apart or more, and not yet thirty.</summary>
    private IEnumerable<HouseholdMember> Children(Marriage marriage)
    {
        var last = Earliest(Earliest(marriage.Wife.BirthDate.AddYears(44), marriage.DivorcedOn ?? People.AsOf), People.AsOf);
        var birthDate = Latest(marriage.RegisteredOn.AddYears(1), People.AsOf.AddYears(-30)).AddDays(random.Below(1500));
        for (var count = s_children.Draw(random); count > 0 && birthDate <= last; count--)
        {
            var child = people.Create(AnySex(), birthDate, marriage.Office, Names.SurnameOf(marriage.Husband.Name));
            yield return new HouseholdMember(child, child.Sex == Sex.Male ? Relation.Son : Relation.Daughter);
            birthDate = birthDate.AddDays(random.Between(730, 2200));
        }
    }

    private static IReadOnlyList<HouseholdMember> Together(Marriage marriage) =>
        [new(marriage.Husband, Relation.Head), new(marriage.Wife, Relation.Spouse)];

    private void Settle(params IReadOnlyList<HouseholdMember> members)
    {
        var district = Anywhere();
        town.Settle(district, City.Address(district, random), members);
    }

    private District Anywhere() => random.Pick(City.Districts);

    private Sex AnySex() => random.Percent(51) ? Sex.Male : Sex.Female;

    private static (DateOnly From, DateOnly To) Years(int first, int last) => (new DateOnly(first, 1, 1), new DateOnly(last, 12, 31));

    private static (DateOnly From, DateOnly To) Around(Person person) => (person.BirthDate.AddYears(-2), person.BirthDate.AddYears(3));

    private static DateOnly Earliest(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
