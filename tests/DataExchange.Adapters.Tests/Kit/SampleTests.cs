using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Files;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Rest;
using DataExchange.Adapters.Sql;
using Microsoft.Extensions.Configuration;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>The samples that the guide points at are whole configurations, taken as they stand.</summary>
public class SampleTests
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["sql.postgresql.json"] = "Host=db.example;Username=reader;Password=secret;Database=register",
        ["sql.mysql.json"] = "Server=db.example;User ID=reader;Password=secret;Database=register",
        ["sql.sqlserver.json"] = "Server=db.example;User ID=reader;Password=secret;Database=register",
    };

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_is_taken_as_it_stands(string file)
    {
        Environment.SetEnvironmentVariable("REGISTER_CONNECTION", Secrets.GetValueOrDefault(file));
        Environment.SetEnvironmentVariable("REGISTER_TOKEN", "token");
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "samples", file)).Build();
        var (options, datasets) = file.Split('.')[0] switch
        {
            "sql" => Load(configuration, SqlSettings.Read, settings => settings.Datasets.Count),
            "files" => Load(configuration, FilesSettings.Read, settings => settings.Datasets.Count),
            "rest" => Load(configuration, RestSettings.Read, settings => settings.Datasets.Count),
            var kind => throw new InvalidOperationException($"No adapter reads {kind} samples."),
        };
        Assert.Equal("demo.example/access", options.Log.Name);
        Assert.Equal(TimeSpan.FromSeconds(5), options.AnswerTimeout);
        Assert.NotEqual(0, datasets);
        Assert.Equal(configuration.GetSection("Adapter:Datasets").GetChildren().Count(), datasets);
    }

    [Fact]
    public void There_is_a_sample_of_every_kind_of_back_end() =>
        Assert.Equal(
            ["files.json", "rest.json", "sql.mysql.json", "sql.postgresql.json", "sql.sqlite.json", "sql.sqlserver.json"],
            All.Select(row => row.Data).Order(StringComparer.Ordinal));

    private static (AdapterOptions Options, int Datasets) Load<T>(IConfiguration configuration, Func<SettingsReader, T> read, Func<T, int> count)
    {
        var (options, settings) = AdapterProgram.Load(configuration, read);
        return (options, count(settings));
    }
}
