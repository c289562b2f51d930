using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Gateway.Tests.Consents;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Catalogue;

/// <summary>Entries from the draft to the withdrawal, each test in a region of its own: what is published is there for everyone.</summary>
public sealed class EntryLifecycleTests
{
    private const string Enrolment = "/v1/catalogue/education/enrolment";

    [Fact]
    public async Task An_entry_goes_from_draft_to_withdrawal_with_every_step_in_the_log()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var author = await StewardAsync(gateway, "education");
        var authority = await StewardAsync(gateway, "data-bureau");

        var drafted = await SendAsync(author, HttpMethod.Post, Enrolment + "/drafts", Entry("education/enrolment", 1), HttpStatusCode.Created);
        await SendAsync(author, HttpMethod.Post, Enrolment + "/draft/submit", null, HttpStatusCode.OK);
        var returned = await SendAsync(authority, HttpMethod.Post, Enrolment + "/draft/return", Reason("The conditions are vague."), HttpStatusCode.OK);
        Assert.Equal("The conditions are vague.", returned.GetProperty("draft").GetProperty("returnedFor").GetString());
        var edited = await SendAsync(
            author, HttpMethod.Put, Enrolment + "/draft", Entry("education/enrolment", 1, entry => entry["updateFrequency"] = "weekly"), HttpStatusCode.OK,
            ("If-Match", $"\"{returned.GetProperty("logIndex").GetInt64()}\""));
        var submitted = await SendAsync(author, HttpMethod.Post, Enrolment + "/draft/submit", null, HttpStatusCode.OK);
        Assert.True(submitted.GetProperty("draft").GetProperty("due").GetDateTimeOffset() > submitted.GetProperty("draft").GetProperty("submittedAt").GetDateTimeOffset());
        var published = await SendAsync(authority, HttpMethod.Post, Enrolment + "/draft/publish", null, HttpStatusCode.OK);
        Assert.Equal("weekly", published.GetProperty("published").GetProperty("updateFrequency").GetString());

        // Routed without a restart, and before the publication was answered; nobody has an agreement over it.
        var centre = await Api.OfClientAsync(gateway.Client, "service-centre");
        Assert.Equal("agreement-not-active", (await centre.QueryAsync("education/enrolment", DemoPeople.First.Number, "enterprise-opening", "school")).Problem?.Code);
        var withdrawn = await SendAsync(author, HttpMethod.Post, Enrolment + "/withdraw", Reason("The register has moved."), HttpStatusCode.OK);
        Assert.Equal("not-found", (await centre.QueryAsync("education/enrolment", DemoPeople.First.Number, "enterprise-opening", "school")).Problem?.Code);

        await CheckHistoryAsync(gateway, drafted, edited, published, withdrawn);
        var before = await gateway.Client.GetStringAsync(Enrolment, TestContext.Current.CancellationToken);
        await gateway.KillAsync();
        await gateway.StartAgainAsync();
        Assert.Equal(before, await gateway.Client.GetStringAsync(Enrolment, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_compatible_revision_leaves_agreements_serving_and_a_breaking_one_ends_them()
    {
        const string Path = "/v1/catalogue/human-resources/social-insurance";
        await using var gateway = await GatewayProcess.StartAsync();
        var author = await StewardAsync(gateway, "human-resources");
        var authority = await StewardAsync(gateway, "data-bureau");
        var housing = await Api.OfClientAsync(gateway.Client, "housing-authority");
        var person = DemoPeople.First;
        var consent = (await housing.RequestConsentAsync(ConsentTests.RequestFor(person))).Released;
        await (await Api.OfUserAsync(gateway.Client, person.User)).DecideConsentAsync(consent.Id, "give");
        var founded = JsonNode.Parse(await gateway.Client.GetStringAsync("/v1/catalogue/datasets/human-resources/social-insurance", TestContext.Current.CancellationToken))!.AsObject();

        var compatible = await PublishAsync(Again(founded, 2, entry => entry["updateFrequency"] = "weekly"));
        Assert.Empty(compatible.GetProperty("ended").EnumerateArray());
        Assert.Equal(1, (await QueryAsync()).Released.Revision);

        var breaking = await PublishAsync(Again(founded, 3, entry =>
        {
            entry["updateFrequency"] = "weekly";
            Field(entry, "status")["nullable"] = true;
        }));
        var change = Assert.Single(breaking.GetProperty("changes").EnumerateArray());
        Assert.Equal(("BecameNullable", "status"), (change.GetProperty("kind").GetString(), change.GetProperty("field").GetString()));
        Assert.Contains("housing-social-insurance", breaking.GetProperty("ended").EnumerateArray().Select(id => id.GetString()));
        var refused = await QueryAsync();
        Assert.Equal("agreement-not-active", refused.Problem?.Code);
        Assert.Contains("BecameNullable of status", refused.Problem!.Reasons![0].Detail, StringComparison.Ordinal);

        var diff = JsonElement.Parse(await gateway.Client.GetStringAsync(Path + "/diff?from=2&to=3", TestContext.Current.CancellationToken));
        Assert.True(diff.GetProperty("breaking").GetBoolean());
        Assert.Equal("BecameNullable", Assert.Single(diff.GetProperty("changes").EnumerateArray()).GetProperty("kind").GetString());
        var revisions = JsonElement.Parse(await gateway.Client.GetStringAsync(Path + "/revisions", TestContext.Current.CancellationToken));
        Assert.Equal(["Superseded", "Superseded", "Published"], revisions.EnumerateArray().Select(revision => revision.GetProperty("state").GetString()));

        async Task<JsonElement> PublishAsync(JsonObject entry)
        {
            var drafted = await SendAsync(author, HttpMethod.Post, Path + "/drafts", entry, HttpStatusCode.Created);
            var wouldEnd = drafted.GetProperty("draft").GetProperty("wouldEnd").GetRawText();
            await SendAsync(author, HttpMethod.Post, Path + "/draft/submit", null, HttpStatusCode.OK);
            var published = await SendAsync(authority, HttpMethod.Post, Path + "/draft/publish", null, HttpStatusCode.OK);
            Assert.Equal(wouldEnd, published.GetProperty("ended").GetRawText());
            return published;
        }

        Task<Answer<DataExchange.Contracts.Records.RecordAnswer>> QueryAsync() =>
            housing.QueryAsync("human-resources/social-insurance", person.Number, "rental-housing-application", "status");
    }

    [Fact]
    public async Task Every_entry_of_the_demo_region_says_what_an_entry_has_to()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        foreach (var dataset in (await ReadAsync(gateway, "/v1/catalogue/datasets")).EnumerateArray())
        {
            var code = dataset.GetProperty("code").GetString()!;
            var drafted = await SendAsync(
                await StewardAsync(gateway, code.Split('/')[0]), HttpMethod.Post, $"/v1/catalogue/{code}/drafts", Again(JsonNode.Parse(dataset.GetRawText())!.AsObject(), 2), HttpStatusCode.Created);
            Assert.Empty(drafted.GetProperty("draft").GetProperty("missing").EnumerateArray());
            Assert.Empty(drafted.GetProperty("draft").GetProperty("changes").EnumerateArray());
        }
    }

    [Fact]
    public async Task What_the_machine_does_not_allow_is_a_problem_that_says_what_is_legal()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var author = await StewardAsync(gateway, "education");
        var authority = await StewardAsync(gateway, "data-bureau");
        var incomplete = Entry("education/enrolment", 1, entry => entry.Remove("shareConditions"));

        await RefusesAsync("state-conflict", HttpStatusCode.Conflict, author, HttpMethod.Post, Enrolment + "/draft/submit", null, next: ["drafts"]);
        await RefusesAsync("actor-not-authorised", HttpStatusCode.Forbidden, authority, HttpMethod.Post, Enrolment + "/drafts", incomplete);
        await RefusesAsync("actor-not-authorised", HttpStatusCode.Forbidden, await Api.OfClientAsync(gateway.Client, "service-centre"), HttpMethod.Post, Enrolment + "/drafts", incomplete);
        await RefusesAsync("not-found", HttpStatusCode.NotFound, author, HttpMethod.Post, "/v1/catalogue/nobody/enrolment/drafts", Entry("nobody/enrolment", 1));
        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, author, HttpMethod.Post, Enrolment + "/drafts", Entry("education/enrolment", 2));
        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, author, HttpMethod.Post, Enrolment + "/drafts", Entry("education/enrolment", 1, entry => entry["fields"] = new JsonArray((JsonNode?)null)));
        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, author, HttpMethod.Post, Enrolment + "/drafts", Entry("education/enrolment", 1, entry => entry["surprise"] = 1));

        // The same key begins one draft, however often it is sent.
        await SendAsync(author, HttpMethod.Post, Enrolment + "/drafts", incomplete, HttpStatusCode.Created, ("Idempotency-Key", "enrolment"));
        var again = await SendAsync(author, HttpMethod.Post, Enrolment + "/drafts", incomplete, HttpStatusCode.Created, ("Idempotency-Key", "enrolment"));
        await RefusesAsync("state-conflict", HttpStatusCode.Conflict, author, HttpMethod.Post, Enrolment + "/drafts", incomplete, next: ["draft", "submit", "discard"]);
        await RefusesAsync("precondition-required", HttpStatusCode.PreconditionRequired, author, HttpMethod.Put, Enrolment + "/draft", incomplete);
        await RefusesAsync("precondition-failed", HttpStatusCode.PreconditionFailed, author, HttpMethod.Put, Enrolment + "/draft", incomplete, ("If-Match", "\"0\""));
        var problem = await RefusesAsync("catalogue-entry-incomplete", HttpStatusCode.UnprocessableEntity, author, HttpMethod.Post, Enrolment + "/draft/submit", null);
        Assert.Contains(problem.GetProperty("faults").EnumerateArray(), fault => fault.GetProperty("path").GetString() == "$.shareConditions");

        await SendAsync(
            author, HttpMethod.Put, Enrolment + "/draft", Entry("education/enrolment", 1), HttpStatusCode.OK, ("If-Match", $"\"{again.GetProperty("logIndex").GetInt64()}\""));
        await SendAsync(author, HttpMethod.Post, Enrolment + "/draft/submit", null, HttpStatusCode.OK);
        await RefusesAsync("actor-not-authorised", HttpStatusCode.Forbidden, author, HttpMethod.Post, Enrolment + "/draft/publish", null);
        await RefusesAsync("request-malformed", HttpStatusCode.BadRequest, authority, HttpMethod.Post, Enrolment + "/draft/return", Reason(" "));
        await SendAsync(author, HttpMethod.Post, Enrolment + "/draft/discard", null, HttpStatusCode.OK);
        Assert.Empty((await ReadAsync(gateway, Enrolment + "/revisions")).EnumerateArray());
    }

    private static async Task CheckHistoryAsync(GatewayProcess gateway, params JsonElement[] answers)
    {
        var history = (await ReadAsync(gateway, Enrolment + "/history")).EnumerateArray().ToList();
        Assert.Equal(
            [LeafKinds.DatasetDrafted, LeafKinds.DatasetSubmitted, LeafKinds.DatasetReturned, LeafKinds.DatasetDrafted, LeafKinds.DatasetSubmitted, LeafKinds.DatasetPublished, LeafKinds.DatasetWithdrawn],
            history.Select(step => step.GetProperty("kind").GetString()));
        foreach (var answer in answers)
        {
            var receipt = answer.GetProperty("receipt");
            Assert.True(Leaf.TryDecode(Convert.FromBase64String(receipt.GetProperty("leaf").GetString()!), out var leaf));
            var step = Assert.Single(history, step => step.GetProperty("logIndex").GetInt64() == receipt.GetProperty("index").GetInt64());
            Assert.Equal(leaf.Kind, step.GetProperty("kind").GetString());
            Assert.True(leaf.IsOpen);
            // The log is open: it holds what the vault alone can lead back to a steward.
            Assert.DoesNotContain("steward", Encoding.UTF8.GetString(leaf.Body.Span), StringComparison.Ordinal);
        }
    }

    private static Task<Api> StewardAsync(GatewayProcess gateway, string member) => Api.OfUserAsync(gateway.Client, member + "-steward", member + "-steward");

    private static async Task<JsonElement> SendAsync(Api api, HttpMethod method, string path, JsonNode? body, HttpStatusCode expected, params (string, string)[] headers)
    {
        using var response = await api.SendAsync(method, path, Content(body), headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {response.StatusCode} {text}");
        var answer = JsonElement.Parse(text);
        Assert.Equal($"\"{answer.GetProperty("logIndex").GetInt64()}\"", response.Headers.ETag?.ToString());
        return answer;
    }

    private static async Task<JsonElement> ReadAsync(GatewayProcess gateway, string path) =>
        JsonElement.Parse(await gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken));

    private static async Task<JsonElement> RefusesAsync(
        string code, HttpStatusCode status, Api api, HttpMethod method, string path, JsonNode? body, (string, string)? header = null, string[]? next = null)
    {
        using var response = await api.SendAsync(method, path, Content(body), header is { } given ? [given] : []);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((code, status), (problem.GetProperty("code").GetString(), response.StatusCode));
        if (next is not null)
        {
            Assert.Equal(next, problem.GetProperty("next").EnumerateArray().Select(step => step.GetString()));
        }

        return problem;
    }

    private static StringContent? Content(JsonNode? body) => body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static JsonObject Reason(string reason) => new() { ["reason"] = reason };

    private static JsonObject Entry(string code, int revision, Action<JsonObject>? change = null)
    {
        var entry = JsonNode.Parse($$"""
            {
              "code": "{{code}}", "revision": {{revision}},
              "names": { "zh": "学籍信息", "en": "School enrolment" }, "descriptions": { "zh": "在校学生", "en": "Who is enrolled where" },
              "theme": "education", "subjectScheme": "cn-resident-id",
              "fields": [{ "name": "school", "type": "String", "category": "dpv-pd:School", "maxLength": 60, "transforms": ["Full"], "names": { "zh": "学校", "en": "School" } }],
              "format": "application/json", "updateFrequency": "daily", "shareClass": "Conditional",
              "shareConditions": [{ "code": "statutory-duty", "names": { "zh": "法定职责所需", "en": "Needed for a statutory duty" } }],
              "modes": ["Query"], "conditionsOfUse": { "zh": "仅限本次事项", "en": "For the matter at hand only" }, "classification": "L3", "grade": "General"
            }
            """)!.AsObject();
        change?.Invoke(entry);
        return entry;
    }

    /// <summary>What the region was founded with, as another revision.</summary>
    private static JsonObject Again(JsonObject founded, int revision, Action<JsonObject>? change = null)
    {
        var entry = founded.DeepClone().AsObject();
        entry["revision"] = revision;
        change?.Invoke(entry);
        return entry;
    }

    private static JsonNode Field(JsonObject entry, string name) => entry["fields"]!.AsArray().Single(field => field!["name"]!.GetValue<string>() == name)!;
}
