using System.Globalization;

namespace DataExchange.DemoRegion.Population;

/// <summary>Collects households and marriages while the region is being settled.</summary>
internal sealed class Town
{
    private readonly List<Household> _households = [];
    private readonly List<Marriage> _marriages = [];

    public int Population { get; private set; }

    public IReadOnlyList<Household> Households => _households;

    public IReadOnlyList<Marriage> Marriages => _marriages;

    /// <summary>Registers people at one address; the first of them is the head.</summary>
    public void Settle(District district, string address, params IReadOnlyList<HouseholdMember> members)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{district.Code}{_households.Count + 1:000000}");
        _households.Add(new Household(number, district, address, members));
        Population += members.Count;
    }

    public void Marry(Marriage marriage) => _marriages.Add(marriage);
}
