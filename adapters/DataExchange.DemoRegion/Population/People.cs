using DataExchange.DemoRegion.Chance;

namespace DataExchange.DemoRegion.Population;

/// <summary>Everyone in the region, as they are on one fixed day.</summary>
internal sealed record People(IReadOnlyList<Household> Households, IReadOnlyList<Marriage> Marriages)
{
    /// <summary>At least so many.</summary>
    public const int Count = 24_000;

    /// <summary>The day that the registers describe. Fixed, so that the region is the same whenever it is built.</summary>
    public static readonly DateOnly AsOf = new(2025, 12, 31);

    /// <summary>Everyone, the first person first.</summary>
    public IEnumerable<Person> All => Households.SelectMany(household => household.Members).Select(member => member.Person);

    /// <summary>The same people every time.</summary>
    public static People Create()
    {
        var random = new SeededRandom("people");
        var factory = new PersonFactory(random);
        var town = new Town();
        KnownFamilies.Settle(town, factory);
        var families = new FamilyBuilder(random, factory, town);
        while (town.Population < Count)
        {
            families.SettleOne();
        }

        return new People(town.Households, town.Marriages);
    }
}
