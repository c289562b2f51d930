using DataExchange.DemoRegion.Chance;

namespace DataExchange.DemoRegion.Population;

/// <summary>Makes people with numbers that nobody else in the region has.</summary>
internal sealed class PersonFactory(SeededRandom random)
{
    private readonly HashSet<ResidentNumber> _taken = [];

    public Person Create(Sex sex, DateOnly birthDate, District district, string? surname = null)
    {
        ResidentNumber number;
        do
        {
            number = ResidentNumber.Create(district.Code, birthDate, random.Below(499) * 2 + (sex == Sex.Male ? 1 : 2));
        }
        while (!_taken.Add(number));

        return new Person(number, (surname ?? Names.Surname(random)) + Names.Given(sex, random), Phone());
    }

    /// <summary>A person with a number and a name chosen by hand.</summary>
    public Person Register(string number, string name)
    {
        if (!ResidentNumber.TryParse(number, out var parsed) || !_taken.Add(parsed))
        {
            throw new InvalidOperationException("A number chosen by hand is malformed or taken.");
        }

        return new Person(parsed, name, Phone());
    }

    /// <summary>Eleven digits with a prefix that no mobile operator has: it rings nowhere.</summary>
    private string Phone() => "12" + random.Digits(9);
}
