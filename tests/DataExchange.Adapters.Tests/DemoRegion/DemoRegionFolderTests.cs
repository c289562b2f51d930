using System.Security.Cryptography;
using DataExchange.DemoRegion.Folder;

namespace DataExchange.Adapters.Tests.DemoRegion;

public sealed class DemoRegionFolderTests(BuiltRegion region) : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("demo-region-");

    private string Place => Path.Combine(_parent.FullName, "region");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task Two_builds_are_equal_byte_for_byte()
    {
        TestContext.Current.SendDiagnosticMessage($"The demo region was built in {region.BuildTime.TotalSeconds:0.0} s");

        var other = await DemoRegionFolder.EnsureAsync(Place, TestContext.Current.CancellationToken);

        Assert.Equal(Digests(region.Folder.Root), Digests(other.Root));
    }

    [Fact]
    public async Task A_second_start_uses_what_the_first_one_built()
    {
        var before = Directory.GetCreationTimeUtc(region.Folder.Root);
        var marker = Directory.GetLastWriteTimeUtc(Path.Combine(region.Folder.Root, "demo-region.json"));

        await DemoRegionFolder.EnsureAsync(region.Folder.Root, TestContext.Current.CancellationToken);

        Assert.Equal(before, Directory.GetCreationTimeUtc(region.Folder.Root));
        Assert.Equal(marker, Directory.GetLastWriteTimeUtc(Path.Combine(region.Folder.Root, "demo-region.json")));
    }

    [Theory]
    [InlineData("""{"recipe":"of another version"}""")]
    [InlineData("""{"recipe":17}""")]
    [InlineData("not JSON")]
    public async Task A_region_of_another_recipe_and_a_build_cut_short_are_replaced(string marker)
    {
        await WriteAsync(Path.Combine(Place, "demo-region.json"), marker);
        await WriteAsync(Path.Combine(Place, "old.txt"), "old");
        await WriteAsync(Path.Combine(Place + ".building", "half.txt"), "half");

        await DemoRegionFolder.EnsureAsync(Place, TestContext.Current.CancellationToken);

        Assert.Equal(Digests(region.Folder.Root), Digests(Place));
        Assert.False(Directory.Exists(Place + ".building"));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        var file = Path.Combine(Place, "thesis.txt");
        await WriteAsync(file, "the only copy");

        await Assert.ThrowsAsync<IOException>(() => DemoRegionFolder.EnsureAsync(Place, TestContext.Current.CancellationToken));

        Assert.Equal("the only copy", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Builders_of_one_folder_take_turns()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folders = await Task.WhenAll(DemoRegionFolder.EnsureAsync(Place, cancellation), DemoRegionFolder.EnsureAsync(Place, cancellation));

        Assert.Equal(folders[0].Root, folders[1].Root);
        Assert.Equal(Digests(region.Folder.Root), Digests(Place));
    }

    private static SortedDictionary<string, string> Digests(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder, file),
            file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    private static async Task WriteAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
    }
}
