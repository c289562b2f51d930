namespace DataExchange.DemoRegion.Population;

/// <summary>A person who does not exist.</summary>
internal sealed record Person(ResidentNumber Number, string Name, string Phone)
{
    public DateOnly BirthDate => Number.BirthDate;

    public Sex Sex => Number.Sex;

    public int AgeOn(DateOnly date)
    {
        var years = date.Year - BirthDate.Year;
        return BirthDate.AddYears(years) > date ? years - 1 : years;
    }
}
