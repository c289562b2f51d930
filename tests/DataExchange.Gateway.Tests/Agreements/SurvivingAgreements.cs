using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Agreements;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Agreements;

/// <summary>Agreements and quotas against SIGKILL.</summary>
public sealed class SurvivingAgreements
{
    private const int Quota = 50;
    private const string Enterprise = "market-regulation/enterprise";
    private const string Opening = "enterprise-opening";

    [Fact]
    public async Task A_kill_loses_no_step_and_no_quota_is_ever_exceeded()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var document = AgreementMaker.Document(
            "housing-enterprise", "housing-authority", Enterprise, Opening, "status",
            agreement => agreement["quota"] = new JsonObject { ["requests"] = Quota, ["period"] = "Month" });
        var maker = await AgreementMaker.SignInAsync(gateway, document);
        await maker.DraftAsync(document);
        await maker.TakeAsync(maker.Consumer, "submit");
        var signed = await maker.SignedAsync("provider");
        await maker.TakeAsync(maker.Provider, "approve", signed);

        await gateway.KillAsync();
        await gateway.StartAgainAsync();
        maker = await AgreementMaker.SignInAsync(gateway, document);
        var pending = (await maker.ViewAsync()).Pending!;
        Assert.Equal(("submitted", signed.Approval), (pending.State, Assert.Single(pending.Approvals).Signature));
        await maker.TakeAsync(maker.Consumer, "approve", await maker.SignedAsync("consumer"));
        await maker.TakeAsync(maker.Provider, "provision");

        var before = await AskAsync(gateway, 30);
        Assert.Equal(30, before);
        await gateway.KillAsync();
        await gateway.StartAgainAsync();
        var after = await AskAsync(gateway, 100);

        // One place may have been reserved and not used; never is one given twice.
        Assert.InRange(before + after, Quota - 1, Quota);

        var active = await (await AgreementMaker.SignInAsync(gateway, document)).ViewAsync();
        Assert.Equal(("active", 2), (active.State, active.Current!.Approvals.Count));
        maker = await AgreementMaker.SignInAsync(gateway, document);
        await maker.TakeAsync(maker.Provider, "suspend", new AgreementReason("A leak."));
        await gateway.KillAsync();
        await gateway.StartAgainAsync();
        Assert.Equal("suspended", (await (await AgreementMaker.SignInAsync(gateway, document)).ViewAsync()).State);
        Assert.Equal(0, await AskAsync(gateway, 1));
    }

    /// <summary>Asks so often at once; says how often it was permitted.</summary>
    private static async Task<int> AskAsync(GatewayProcess gateway, int times)
    {
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        var people = DemoPeople.Of(gateway).Skip(200).Take(times).ToList();
        var answers = await Task.WhenAll(people.Select(person => housing.QueryAsync(Enterprise, person.Number, Opening, "status")));

        // Not everybody has an enterprise: whoever was permitted to ask has used a place, whatever was found.
        return answers.Count(answer => answer.Problem?.Code is not ("quota-exceeded" or "agreement-not-active"));
    }
}
