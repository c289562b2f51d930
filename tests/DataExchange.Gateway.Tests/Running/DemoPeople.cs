namespace DataExchange.Gateway.Tests.Running;

/// <summary>A person of the demo region.</summary>
public sealed record DemoPerson(string Number)
{
    /// <summary>Under which the development authority signs this person in.</summary>
    public string User => "citizen-" + Number;
}

/// <summary>People of the demo region.</summary>
public static class DemoPeople
{
    private static int s_taken = 100;

    /// <summary>The first person of every demo region; for tests that change nothing about them.</summary>
    public static DemoPerson First { get; } = new(DataExchange.DemoRegion.Population.DemoPeople.First);

    /// <summary>Everyone, the first person first.</summary>
    public static IEnumerable<DemoPerson> Of(GatewayProcess gateway) =>
        File.ReadLines(Path.Combine(gateway.DataFolder, "demo", "subjects.txt")).Select(number => new DemoPerson(number));

    /// <summary>An adult whom no other test of the shared gateway has.</summary>
    public static DemoPerson Take(GatewayProcess gateway) => Of(gateway)
        .Where(person => string.CompareOrdinal(person.Number, 6, "2000", 0, 4) < 0)
        .Skip(Interlocked.Increment(ref s_taken)).First();
}
