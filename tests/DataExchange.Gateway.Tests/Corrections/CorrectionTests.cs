using System.Text.Json.Nodes;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Corrections;

/// <summary>Errors in records, from the report to the answer, over HTTP.</summary>
public sealed class CorrectionTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Residence = "public-security/residence";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task A_department_reports_what_it_saw_and_the_owner_answers()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var owner = await Api.OfUserAsync(Client, "public-security-steward", "public-security-steward");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var decision = (await housing.QueryAsync(Residence, person.Number, Rental, "name")).Released.Decision;

        var report = ReportOf(decision);
        report["subject"] = person.Subject();
        var reported = await housing.PostAsync("/v1/corrections", report);
        var path = "/v1/corrections/" + reported.Text("id");
        Assert.Equal(("Reported", "public-security"), (reported.Text("state"), reported.Text("owner")));
        Assert.True(reported["disputed"]!.GetValue<bool>());
        Assert.Equal("state-conflict", await housing.RefusedAsync(HttpMethod.Post, "/v1/corrections", report));

        // The owner learns whose record it is; the reporter and lists need not be told.
        Assert.Equal(person.Number, (await owner.GetAsync(path))["subject"]!.Text("value"));
        Assert.Null((await housing.GetAsync(path))["subject"]);
        Assert.DoesNotContain(person.Number, (await owner.GetAsync("/v1/corrections")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains((await citizen.GetAsync("/v1/me/corrections")).AsArray(), listed => listed!.Text("id") == reported.Text("id"));

        await owner.PostAsync(path + "/verify");
        Assert.Equal("Rejected", (await owner.PostAsync(path + "/reject", new JsonObject { ["answer"] = "The register is right." })).Text("state"));
        Assert.Equal("The register is right.", (await housing.GetAsync(path)).Text("answer"));
        var told = Assert.Single((await citizen.GetAsync("/v1/me/notifications")).AsArray(), item => item!.Text("kind") == "correction")!;
        Assert.Equal(("Rejected", "The register is right."), (told.Text("state"), told.Text("finding")));
        Assert.Equal("state-conflict", await owner.RefusedAsync(HttpMethod.Post, path + "/correct"));
    }

    [Fact]
    public async Task A_person_reports_and_a_second_owner_corrects()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var owner = await Api.OfUserAsync(Client, "public-security-steward", "public-security-steward");
        var second = await Api.OfUserAsync(Client, "civil-affairs-steward", "civil-affairs-steward");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var decision = (await housing.QueryAsync(Residence, person.Number, Rental, "name")).Released.Decision;
        var id = (await citizen.PostAsync("/v1/me/corrections", ReportOf(decision))).Text("id");
        Assert.Equal("not-found", await second.RefusedAsync(HttpMethod.Get, "/v1/corrections/" + id));

        Assert.Equal("civil-affairs", (await owner.PostAsync($"/v1/corrections/{id}/forward", new JsonObject { ["to"] = "civil-affairs" })).Text("owner"));
        Assert.Equal("not-found", await owner.RefusedAsync(HttpMethod.Post, $"/v1/corrections/{id}/correct"));
        Assert.Equal("Corrected", (await second.PostAsync($"/v1/corrections/{id}/correct")).Text("state"));
    }

    [Fact]
    public async Task Nobody_reports_about_what_they_were_not_shown()
    {
        var (person, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var centre = await Api.OfClientAsync(Client, "service-centre");
        var decision = (await housing.QueryAsync(Residence, person.Number, Rental, "name")).Released.Decision;
        var report = ReportOf(decision);
        report["subject"] = person.Subject();

        Assert.Equal("not-found", await centre.RefusedAsync(HttpMethod.Post, "/v1/corrections", report));
        Assert.Equal("not-found", await (await Api.OfUserAsync(Client, other.User)).RefusedAsync(HttpMethod.Post, "/v1/me/corrections", ReportOf(decision)));
        Assert.Equal("not-found", await housing.RefusedAsync(HttpMethod.Post, "/v1/corrections", With(report, "subject", other.Subject())));
        Assert.Equal("not-found", await housing.RefusedAsync(HttpMethod.Post, "/v1/corrections", With(report, "decision", "999999999")));
        Assert.Equal("unknown-field", await housing.RefusedAsync(HttpMethod.Post, "/v1/corrections", With(report, "field", "shoeSize")));
    }

    private static JsonObject With(JsonObject report, string name, JsonNode value)
    {
        var changed = report.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static JsonObject ReportOf(string decision) => new()
    {
        ["decision"] = decision,
        ["field"] = "name",
        ["reason"] = "Wrong",
        ["explanation"] = "A character is wrong.",
    };
}
