using System.Text.Json;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Model;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Bench.Consents;

/// <summary>A region of one dataset, one consumer and ten notices, over the real stores.</summary>
internal static class BenchRegion
{
    public const string Dataset = "police/residence";
    public const string Purpose = "rental";
    public const string Recipient = "housing";
    public const int Notices = 10;

    /// <summary>The one person whom the vault knows.</summary>
    public static readonly SubjectRef Known = new("cn-resident-id", "11010519491231002X");

    public static IHost Build(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSqliteStorage(o => o.DataFolder = folder)
            .AddTransparencyLogs(o => (o.Region, o.KeyFolder) = ("bench.example", folder))
            .AddSubjectVault(o => o.DataFolder = folder)
            .AddGovernance();
        return builder.Build();
    }

    public static string NoticeCode(int number) => $"notice-{number}";

    public static FoundingDocument Founding() => new()
    {
        Region = "bench.example",
        Names = Text("Bench"),
        Founded = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Members = [Member(Recipient), Member("police")],
        Purposes =
        [
            new Purpose { Code = Purpose, Names = Text("Renting"), Service = "renting", RetentionDays = 30, Limits = new Dictionary<string, IReadOnlyList<string>> { [Dataset] = ["name", "phone"] } },
        ],
        Datasets =
        [
            new Dataset
            {
                Code = Dataset,
                Revision = 1,
                Names = Text(Dataset),
                SubjectScheme = Known.Scheme,
                Fields = [Field("name"), Field("phone")],
                Format = "json",
                UpdateFrequency = "daily",
                ShareClass = ShareClass.Conditional,
                Conditions = "by agreement",
                Classification = "internal",
            },
        ],
        Notices = [.. Enumerable.Range(0, Notices).Select(number => new ConsentNotice
        {
            Code = NoticeCode(number), Revision = 1, Purpose = Purpose, Dataset = Dataset, Recipient = Recipient, Fields = ["phone"], Texts = Text($"May we have your number? ({number})"),
        })],
        Agreements = [],
    };

    private static LocalizedText Text(string english) => new() { ["en"] = english };

    private static Member Member(string code) => new() { Code = code, Names = Text(code), Keys = JsonElement.Parse("""{"keys":[]}"""), Clients = [] };

    private static DatasetField Field(string name) => new() { Name = name, Type = FieldType.String, Category = "dpv-pd:Name", Transforms = [FieldTransform.Full] };
}
