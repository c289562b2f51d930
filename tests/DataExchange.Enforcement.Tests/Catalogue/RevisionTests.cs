using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Tests.Catalogue;

/// <summary>What a new revision, or a withdrawal, does to exchanges: before them, and while one is under way.</summary>
public sealed class RevisionTests
{
    private static readonly Dataset Founded = TestRegion.Founding().Datasets[0];

    private static readonly Dataset Compatible = Publishing.Complete(Founded, 2);

    private static readonly Dataset Breaking = Compatible with { Fields = [.. Compatible.Fields.Select(field => field.Name == "name" ? field with { Nullable = true } : field)] };

    [Fact]
    public async Task The_provider_is_asked_for_the_revision_that_the_agreement_was_signed_over()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.PublishAsync(Compatible);

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();

        Assert.Equal(1, answer.Revision);
        Assert.Equal(1, Assert.Single(gateway.Provider.Questions).Revision);
        Assert.All(await gateway.EntriesOfAsync(TestRegion.ZhangSan), entry => Assert.Equal(1, entry.Record.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task A_compatible_revision_that_comes_while_the_provider_is_asked_changes_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = async (context, query, n) =>
        {
            await gateway.PublishAsync(Compatible);
            await FakeProvider.AnswerAsync(context, query, n);
        };

        Assert.Equal(1, (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync()).Revision);
        var released = (await gateway.EntriesOfAsync(TestRegion.ZhangSan))[^1];
        Assert.Equal(gateway.Ledger.Current.GovernanceSize, released.Record.GetProperty("governance").GetInt64());
    }

    [Theory]
    [InlineData(true, "agreement-not-active")]
    [InlineData(false, "not-found")]
    public async Task A_breaking_revision_or_a_withdrawal_that_comes_while_the_provider_is_asked_stops_the_release(bool isRevision, string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = async (context, query, n) =>
        {
            await (isRevision ? gateway.PublishAsync(Breaking) : gateway.WithdrawDatasetAsync(TestRegion.Residence));
            await FakeProvider.AnswerAsync(context, query, n);
        };

        Assert.Equal(code, (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync()).Code);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessRefused], (await gateway.EntriesOfAsync(TestRegion.ZhangSan)).Select(entry => entry.Leaf.Kind));
    }

    [Fact]
    public async Task A_dataset_is_routed_once_it_is_published_and_no_longer_once_it_is_withdrawn()
    {
        await using var gateway = await TestGateway.StartAsync();
        var vehicles = Publishing.Complete(Founded, 1) with { Code = "police/vehicles" };
        await gateway.QueryAsync(vehicles.Code, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.NotFound);

        await gateway.PublishAsync(vehicles);
        // Judged, and not merely unknown: nobody has an agreement over it.
        Assert.NotNull((await gateway.QueryAsync(vehicles.Code, TestRegion.ZhangSan, "name").ProblemAsync()).Decision);

        await gateway.WithdrawDatasetAsync(vehicles.Code);
        Assert.Null((await gateway.QueryAsync(vehicles.Code, TestRegion.ZhangSan, "name").ProblemAsync()).Decision);
    }

    [Fact]
    public async Task Other_changes_of_the_rules_leave_the_routes_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        var configured = gateway.Routes();
        await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        Assert.False(configured.ChangeToken.HasChanged);
        await gateway.WithdrawDatasetAsync(TestRegion.Limited);
        Assert.True(configured.ChangeToken.HasChanged);
        Assert.DoesNotContain(gateway.Routes().Routes, route => route.RouteId.StartsWith(TestRegion.Limited, StringComparison.Ordinal));
    }
}
