using System.Text;
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

    /// <summary>For whoever wants to sign for a member of the demo region. Only the owner can read them: <c>dx</c> signs with no other key.</summary>
    private static void WriteKeys(string folder, IReadOnlyList<DemoKey> keys)
    {
        Directory.CreateDirectory(folder);
        foreach (var key in keys)
        {
            WriteKey(Path.Combine(folder, key.Member + ".pem"), key.PrivatePem());
            WriteKey(Path.Combine(folder, key.Member + ".jwk"), key.PrivateJwk().ToJsonString() + "\n");
        }
    }

    private static void WriteKey(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, new UTF8Encoding(false), options);
        writer.Write(text);
    }
}
