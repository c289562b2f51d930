using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Founding;
using DataExchange.DemoRegion.Population;

namespace DataExchange.DemoRegion.Folder;

/// <summary>Writes every file of the region into an empty folder.</summary>
internal static class RegionBuild
{
    public const string FoundingName = "founding.json";

    public const string SubjectsName = "subjects.txt";

    public static void Run(string folder, CancellationToken cancellationToken)
    {
        File.WriteAllText(Path.Combine(folder, "README.txt"), Synthetic.Note + "\n");
        var keys = FoundingFile.MemberCodes().Select(member => new DemoKey(member)).ToList();
        FoundingFile.Write(Path.Combine(folder, FoundingName), keys);
        WriteKeys(Path.Combine(folder, "keys"), keys);

        var people = People.Create();
        File.WriteAllLines(Path.Combine(folder, SubjectsName), people.All.Select(person => person.Number.Value));
        foreach (var department in Department.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            department.Write(Directory.CreateDirectory(Path.Combine(folder, department.Member)).FullName, people);
        }
    }

    /// <summary>For whoever wants to sign a further agreement of the demo region.</summary>
    private static void WriteKeys(string folder, IReadOnlyList<DemoKey> keys)
    {
        Directory.CreateDirectory(folder);
        foreach (var key in keys)
        {
            File.WriteAllText(Path.Combine(folder, key.Member + ".pem"), key.PrivatePem());
            File.WriteAllText(Path.Combine(folder, key.Member + ".jwk"), key.PrivateJwk().ToJsonString() + "\n");
        }
    }
}
