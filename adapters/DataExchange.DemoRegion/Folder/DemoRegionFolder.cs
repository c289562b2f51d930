namespace DataExchange.DemoRegion.Folder;

/// <summary>The demo region on disk. Build it, or find it built, with <see cref="EnsureAsync"/>.</summary>
public sealed class DemoRegionFolder
{
    /// <summary>Name of the region.</summary>
    public const string Region = "demo.example";

    private DemoRegionFolder(string path) => Root = path;

    /// <summary>The folder, absolute.</summary>
    public string Root { get; }

    /// <summary>The founding file.</summary>
    public string FoundingFile => Path.Combine(Root, RegionBuild.FoundingName);

    /// <summary>The identity number of everyone in the region, one a line, the first person first.</summary>
    public string SubjectsFile => Path.Combine(Root, RegionBuild.SubjectsName);

    /// <summary>What a department keeps.</summary>
    internal string Of(string member) => Path.Combine(Root, member);

    /// <summary>
    /// Finds the region that this version of the recipe makes, or builds it, which takes seconds. It is built beside the folder and
    /// moved there when complete, so whoever finds the folder finds all of it; a build that was cut short leaves a folder
    /// <c>{folder}.building</c>, which nothing reads and the next build removes.
    /// </summary>
    /// <param name="folder">Made if missing. Must be empty or hold a demo region.</param>
    /// <param name="cancellationToken">Gives up between two files.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static async Task<DemoRegionFolder> EnsureAsync(string folder, CancellationToken cancellationToken = default)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!BuildMarker.IsCurrent(path))
        {
            using var turn = await BuildTurn.TakeAsync(path + ".lock", cancellationToken);
            if (!BuildMarker.IsCurrent(path))
            {
                await Task.Run(() => Replace(path, cancellationToken), cancellationToken);
            }
        }

        return new DemoRegionFolder(path);
    }

    private static void Replace(string path, CancellationToken cancellationToken)
    {
        RefuseStrangers(path);
        var building = new DirectoryInfo(path + ".building");
        if (building.Exists)
        {
            building.Delete(recursive: true);
        }

        building.Create();
        RegionBuild.Run(building.FullName, cancellationToken);
        BuildMarker.Write(building.FullName);

        // A crash between these two leaves no region, and the next start builds it again.
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        building.MoveTo(path);
    }

    /// <summary>Only an empty folder and an older demo region may be replaced.</summary>
    private static void RefuseStrangers(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !BuildMarker.Exists(path))
        {
            throw new IOException($"{path} holds files that are not a demo region. Name another folder, or empty this one.");
        }
    }
}
