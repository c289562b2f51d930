using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Agreements;

public sealed class AgreementTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Property = "natural-resources/property";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task Two_departments_make_an_agreement_by_signature_and_use_it_until_it_ends()
    {
        var maker = await AgreementMaker.SignInAsync(Gateway, AgreementMaker.Document("centre-property", "service-centre", Property, Rental, "properties"));
        var (centre, person) = (await Api.OfClientAsync(Client, "service-centre"), DemoPeople.First);
        Assert.Equal("agreement-not-active", (await AskAsync()).Problem?.Code);

        var active = await maker.MakeAsync();
        Assert.Equal(("active", "centre-property@1"), (active.State, active.Current!.Name));
        Assert.Equal(["natural-resources", "service-centre"], active.Current.Approvals.Select(approval => approval.Member).Order());
        Assert.True((await AskAsync()).Released.Record.TryGetProperty("properties", out _));

        await maker.TakeAsync(maker.Provider, "suspend", new AgreementReason("The register is rebuilt."));
        await RefusedAsync("The agreement is suspended.");
        await maker.TakeAsync(maker.Provider, "resume", new AgreementReason("It is rebuilt."));
        Assert.Null((await AskAsync()).Problem);

        var ended = await maker.TakeAsync(maker.Consumer, "terminate", new AgreementReason("No longer needed."));
        Assert.Equal("terminated", ended.State);
        await RefusedAsync("The agreement was terminated.");

        Task<Answer<RecordAnswer>> AskAsync() => centre.QueryAsync(Property, person.Number, Rental, "properties");

        async Task RefusedAsync(string why)
        {
            var problem = (await AskAsync()).Problem;
            Assert.Equal(("agreement-not-active", why), (problem?.Code, problem?.Reasons?[0].Detail));
        }
    }

    [Fact]
    public async Task Every_step_is_an_open_entry_of_the_governance_log_with_a_receipt()
    {
        var maker = await FutureAsync("every-step");
        var draft = await maker.DraftAsync(Future("every-step"));
        var submitted = await maker.TakeAsync(maker.Consumer, "submit");
        var approved = await maker.TakeAsync(maker.Provider, "approve", await maker.SignedAsync("provider"));
        Assert.Equal(["service-centre"], approved.Pending!.Missing);
        var withdrawn = await maker.TakeAsync(maker.Consumer, "withdraw", new AgreementReason("No longer needed."));
        Assert.Equal("withdrawn", withdrawn.State);

        foreach (var (view, kind) in new[]
        {
            (draft, LeafKinds.AgreementDrafted), (submitted, LeafKinds.AgreementRequested), (approved, LeafKinds.AgreementApproved), (withdrawn, LeafKinds.AgreementWithdrawn),
        })
        {
            Assert.True(Leaf.TryDecode(Convert.FromBase64String(view.Receipt!.Leaf), out var leaf));
            Assert.Equal((kind, view.LogIndex, true), (leaf.Kind, view.Receipt.Index, leaf.IsOpen));
        }
    }

    [Fact]
    public async Task A_request_shows_its_clock_and_stands_in_the_inbox_of_whose_step_is_next()
    {
        var maker = await FutureAsync("inbox");
        await maker.DraftAsync(Future("inbox"));
        Assert.Contains("inbox", await ListAsync("awaits=service-centre&state=draft"));

        var clock = Assert.Single((await maker.TakeAsync(maker.Consumer, "submit")).Pending!.Clocks);
        Assert.Equal(("reply-conditional", "natural-resources", 0, false, false), (clock.Code, clock.Late, clock.Extended, clock.Overdue, clock.Escalated));
        Assert.True(clock.Due > clock.Started.AddDays(10));
        Assert.Contains("inbox", await ListAsync($"awaits=natural-resources&consumer=service-centre&dataset={Property}&overdue=false"));
        Assert.DoesNotContain("inbox", await ListAsync("awaits=natural-resources&overdue=true"));
        Assert.DoesNotContain("inbox", await ListAsync("provider=education"));

        var extended = Assert.Single((await maker.TakeAsync(maker.Provider, "extend", new AgreementExtension(5, "The archive moves."))).Pending!.Clocks);
        Assert.Equal(5, extended.Extended);
        Assert.True(extended.Due > clock.Due);
        Assert.Equal("request-malformed", (await ProblemAsync(await Client.GetAsync("/v1/agreements?limit=0", Cancelled))).Code);
    }

    [Fact]
    public async Task A_refusal_cites_a_ground_that_the_order_knows()
    {
        var maker = await FutureAsync("refused");
        await maker.DraftAsync(Future("refused"));
        await maker.TakeAsync(maker.Consumer, "submit");

        var unknown = new AgreementRefusal([new AgreementRefusalReason { Ground = "we-would-rather-not", Detail = "No." }]);
        Assert.Equal("request-malformed", (await maker.RefusedAsync(maker.Provider, "refuse", unknown)).Code);
        var invented = new AgreementRefusal([new AgreementRefusalReason { Ground = "condition-not-met", Detail = "No.", Condition = "Only on Tuesdays." }]);
        Assert.Equal("$.reasons[0].condition", Assert.Single((await maker.RefusedAsync(maker.Provider, "refuse", invented)).Faults!).Path);

        var refused = await maker.TakeAsync(
            maker.Provider, "refuse", new AgreementRefusal([new AgreementRefusalReason { Ground = "form-fault", At = "$.scenario", Detail = "It does not say which desk." }]));
        Assert.Equal(("refused", "natural-resources", "form-fault"), (refused.State, refused.Pending!.By, refused.Pending.Refusal![0].Ground));
        var next = await maker.RefusedAsync(maker.Provider, "provision");
        Assert.Equal("state-conflict", next.Code);
        Assert.Empty(next.Next!);
        Assert.Equal(["draft"], (await maker.RefusedAsync(maker.Consumer, "submit")).Next);
    }

    [Fact]
    public async Task All_faults_of_a_request_are_told_at_once()
    {
        var document = Future("faulty");
        (document["basis"], document["clients"], document["datasetRevision"]) = ("", new JsonArray("somebody"), 9);
        var maker = await AgreementMaker.SignInAsync(Gateway, document);
        await maker.DraftAsync(document);
        var problem = await maker.RefusedAsync(maker.Consumer, "submit");
        Assert.Equal("request-malformed", problem.Code);
        Assert.Equal(["$.basis", "$.clients", "$.datasetRevision"], problem.Faults!.Select(fault => fault.Path).Order());

        document["mode"] = "Telepathy";
        using var unreadable = await maker.Consumer.SendAsync(HttpMethod.Post, "/v1/agreements", JsonContent.Create(document));
        Assert.Equal("$.mode", Assert.Single((await ProblemAsync(unreadable)).Faults!).Path);
    }

    [Fact]
    public async Task Only_a_steward_of_the_department_whose_step_it_is_takes_it()
    {
        var maker = await FutureAsync("parties");
        await maker.DraftAsync(Future("parties"));
        var stranger = await Api.OfUserAsync(Client, "education-steward", "education-steward");
        Assert.Equal("actor-not-authorised", (await maker.RefusedAsync(stranger, "submit")).Code);
        Assert.Equal("actor-not-authorised", (await maker.RefusedAsync(await Api.OfClientAsync(Client, "service-centre"), "submit")).Code);
        Assert.Equal("actor-not-authorised", (await maker.RefusedAsync(maker.Provider, "submit")).Code);
        using var anonymous = await Client.PostAsync("/v1/agreements/parties/submit", null, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/v1/agreements/no-such-agreement", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_draft_is_written_anew_over_the_version_that_was_read_and_over_no_other()
    {
        var maker = await FutureAsync("versions");
        var draft = await maker.DraftAsync(Future("versions"));
        var changed = Future("versions");
        changed["scenario"] = "Another";

        using var unsaid = await maker.SendAsync(maker.Consumer, "revise", changed);
        Assert.Equal(HttpStatusCode.PreconditionRequired, unsaid.StatusCode);
        var version = string.Create(CultureInfo.InvariantCulture, $"\"{draft.LogIndex}\"");
        using var first = await maker.SendAsync(maker.Consumer, "revise", changed, ("If-Match", version));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await maker.SendAsync(maker.Consumer, "revise", Future("versions"), ("If-Match", version));
        Assert.Equal("precondition-failed", (await ProblemAsync(second)).Code);
        Assert.Equal("Another", (await maker.ViewAsync()).Pending!.Document.GetProperty("scenario").GetString());
    }

    [Fact]
    public async Task A_draft_sent_again_with_its_key_is_made_once()
    {
        var maker = await FutureAsync("again");
        using var first = await maker.Consumer.SendAsync(HttpMethod.Post, "/v1/agreements", JsonContent.Create(Future("again")), ("Idempotency-Key", "draft-again"));
        using var second = await maker.Consumer.SendAsync(HttpMethod.Post, "/v1/agreements", JsonContent.Create(Future("again")), ("Idempotency-Key", "draft-again"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal((first.Headers.Location, first.Headers.ETag), (second.Headers.Location, second.Headers.ETag));
        using var third = await maker.Consumer.SendAsync(HttpMethod.Post, "/v1/agreements", JsonContent.Create(Future("again")));
        Assert.Equal("state-conflict", (await ProblemAsync(third)).Code);
    }

    // Terms that nobody else's agreement covers.
    private static JsonObject Future(string id) => AgreementMaker.Document(
        id, "service-centre", Property, Rental, "properties", document => (document["validFrom"], document["validTo"]) = ("2150-01-01T00:00:00Z", "2151-01-01T00:00:00Z"));

    private Task<AgreementMaker> FutureAsync(string id) => AgreementMaker.SignInAsync(Gateway, Future(id));

    private async Task<IEnumerable<string>> ListAsync(string query) =>
        (await Client.GetFromJsonAsync("/v1/agreements?limit=500&" + query, ContractsJsonContext.Default.IReadOnlyListAgreementView, Cancelled))!.Select(view => view.Id);

    private static async Task<ExchangeProblem> ProblemAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ExchangeProblem, Cancelled))!;
}
