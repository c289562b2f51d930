using System.Text.RegularExpressions;

namespace DataExchange.Architecture.Tests;

/// <summary>LAW.md names the code and the test that carry each article: both have to be there, or the page promises what nobody keeps.</summary>
public sealed partial class LawPage
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "LAW.md"));

    private static readonly Lazy<HashSet<string>> Tests = new(() => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["name"].Value)]);

    [Fact]
    public void Every_file_and_folder_it_names_exists()
    {
        var paths = Named().Matches(Page).Select(match => match.Groups["path"].Value).Where(path => path.Length > 0).Distinct().ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"LAW.md names {path}, which is not there."));
    }

    [Fact]
    public void Every_test_it_names_exists()
    {
        var tests = Named().Matches(Page).Select(match => match.Groups["test"].Value).Where(test => test.Length > 0).Distinct().ToList();

        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(Tests.Value.Contains(test), $"LAW.md names the test {test}, which is not there."));
    }

    [Fact]
    public void Every_article_has_code_and_a_test()
    {
        var rows = Page.Split('\n').Where(line => Article().IsMatch(line)).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var named = Named().Matches(row);
            Assert.True(named.Any(match => match.Groups["path"].Length > 0) && named.Any(match => match.Groups["test"].Length > 0), $"Without code or test: {row}");
        });
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh.md")]
    public void It_can_be_found_from(string readme) => Assert.Contains("(LAW.md)", File.ReadAllText(Path.Combine(Repository.Root, readme)), StringComparison.Ordinal);

    /// <summary>Between back quotes: a path from the root, or the name of a test.</summary>
    [GeneratedRegex("`(?:(?<path>[A-Za-z][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]*)+)|(?<test>[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+))`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (art\.|chapter)")]
    private static partial Regex Article();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task) (?<name>[A-Z]\w*)\(")]
    private static partial Regex TestMethod();
}
