using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Tests.Support;

/// <summary>The police publish and withdraw; the test region has no data authority, so two of their stewards do it.</summary>
internal static class Publishing
{
    private static readonly SubjectHandle Author = new(new string('1', 64));
    private static readonly SubjectHandle Colleague = new(new string('2', 64));
    private static readonly Party Steward = new() { Member = TestRegion.Police, ClientId = "police-system", Roles = [Roles.Steward] };

    /// <summary>The entry with everything that an entry has to say today; nothing of it breaks an older agreement.</summary>
    public static Dataset Complete(Dataset dataset, int revision) => dataset with
    {
        Revision = revision,
        Names = Text("户籍", "Residence"),
        Descriptions = Text("户籍登记", "Who lives where"),
        Theme = "population",
        Grade = DataGrade.General,
        Modes = [ExchangeMode.Query, ExchangeMode.Batch],
        ShareConditions = [new ShareCondition { Code = "agreement", Names = Text("依协议", "By agreement") }],
        ConditionsOfUse = Text("仅限本次事项", "For the matter at hand only"),
        Fields = [.. dataset.Fields.Select(field => field with { Names = Text("数据项", field.Name) })],
    };

    public static async Task PublishAsync(this TestGateway gateway, Dataset dataset)
    {
        await ExecuteAsync(gateway, new DraftDataset(dataset) { Code = dataset.Code, Steward = Author, By = Steward });
        await ExecuteAsync(gateway, new SubmitDraft { Code = dataset.Code, Steward = Author, By = Steward });
        await ExecuteAsync(gateway, new PublishDraft { Code = dataset.Code, Steward = Colleague, By = Steward });
    }

    public static Task WithdrawDatasetAsync(this TestGateway gateway, string code) =>
        ExecuteAsync(gateway, new WithdrawDataset("Moved.") { Code = code, Steward = Author, By = Steward });

    private static async Task ExecuteAsync(TestGateway gateway, CatalogueCommand command)
    {
        var result = await gateway.Ledger.ExecuteAsync(command, null, CancellationToken.None);
        Assert.True(result.Problem is null, $"{command.GetType().Name}: {result.Problem} {result.Detail} {string.Join(' ', result.Faults ?? [])}");
    }

    private static LocalizedText Text(string zh, string en) => new() { ["zh"] = zh, ["en"] = en };
}
