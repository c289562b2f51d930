namespace DataExchange.DemoRegion.Population;

/// <summary>What a member of a household is to its head.</summary>
internal enum Relation { Head, Spouse, Son, Daughter, Father, Mother }

/// <summary>Somebody's place in a household.</summary>
internal sealed record HouseholdMember(Person Person, Relation Relation);

/// <summary>People registered at one address. The head comes first.</summary>
internal sealed record Household(string Number, District District, string Address, IReadOnlyList<HouseholdMember> Members)
{
    public Person Head => Members[0].Person;
}
