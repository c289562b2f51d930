using System.Net;
using System.Text.Json;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Cases;

public sealed class CaseTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Residence = "public-security/residence";
    private const string Rental = "rental-housing-application";

    [Fact]
    public async Task A_clerk_sees_a_record_in_a_case_and_in_no_other_way()
    {
        var (person, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var clerk = await CaseApi.OfClerkAsync(Client);
        Assert.Equal("case-required", (await clerk.QueryAsync(Residence, person, Rental, null, "name")).Problem?.Code);
        var id = (await clerk.OpenAsync("rental-housing", person)).Released.Id;

        Assert.Equal(["name"], (await clerk.QueryAsync(Residence, person, Rental, id, "name")).Released.Record.EnumerateObject().Select(field => field.Name));
        Assert.Equal("case-required", (await clerk.QueryAsync(Residence, other, Rental, id, "name")).Problem?.Code);
        Assert.Equal("case-required", (await clerk.QueryAsync("education/degree", person, Rental, id, "level")).Problem?.Reasons?.Single(reason => reason.Gate == 6).Code);

        Assert.Equal("cancelled", (await clerk.StepAsync(id, "cancel")).Released.State);
        Assert.Equal("case-required", (await clerk.QueryAsync(Residence, person, Rental, id, "name")).Problem?.Code);
        Assert.Equal("state-conflict", (await clerk.GatherAsync(id, person)).Problem?.Code);
    }

    [Fact]
    public async Task A_decision_in_a_case_is_made_again_from_the_log_after_the_case_has_ended()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var id = (await clerk.OpenAsync("rental-housing", person)).Released.Id;
        var decision = (await clerk.QueryAsync(Residence, person, Rental, id, "name")).Released.Decision;
        Assert.Equal("cancelled", (await clerk.StepAsync(id, "cancel")).Released.State);

        using var response = await (await Api.OfUserAsync(Client, person.User)).SendAsync(HttpMethod.Get, "/v1/decisions/" + decision);

        using var replayed = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        Assert.True(replayed.RootElement.GetProperty("matches").GetBoolean());
        Assert.Equal("Permit", replayed.RootElement.GetProperty("replayed").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_grant_that_asks_for_a_case_passes_in_one()
    {
        var person = DemoPeople.First;
        var (clerk, centre) = (await CaseApi.OfCentreClerkAsync(Client), new CaseApi(Client, await Client.OfClientAsync("service-centre")));
        Assert.Equal("case-required", (await centre.QueryAsync("civil-affairs/marriage", person, "newborn-registration", null, "status")).Problem?.Code);
        var id = (await clerk.OpenAsync("birth-of-a-child", person)).Released.Id;

        Assert.NotNull((await centre.QueryAsync("civil-affairs/marriage", person, "newborn-registration", id, "status")).Released);
        var gathered = (await clerk.GatherAsync(id, person)).Released;
        Assert.Equal("ready", gathered.Case?.State);
        Assert.Equal(["marriage", "residence"], gathered.Needs.Select(need => need.Need).Order());
        Assert.All(gathered.Needs, need => Assert.Equal("released", need.Outcome));
    }

    [Fact]
    public async Task A_case_is_there_for_the_person_and_the_department_and_for_nobody_else()
    {
        var (person, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var clerk = await CaseApi.OfClerkAsync(Client);
        var id = (await clerk.OpenAsync("rental-housing", person)).Released.Id;

        foreach (var stranger in new[] { await CaseApi.OfCentreClerkAsync(Client), await CaseApi.OfCitizenAsync(Client, other) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.ReadAsync(id)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.EvidenceAsync(id)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.StepAsync(id, "cancel")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GatherAsync(id, other)).Status);
        Assert.Equal(id, (await (await CaseApi.OfSystemAsync(Client)).ReadAsync(id)).Released.Id);
        Assert.Equal(id, Assert.Single((await (await CaseApi.OfCitizenAsync(Client, person)).ListAsync("/v1/me/cases")).Released).Id);
        Assert.Contains((await clerk.ListAsync()).Released, listed => listed.Id == id);
        Assert.DoesNotContain((await (await CaseApi.OfCentreClerkAsync(Client)).ListAsync()).Released, listed => listed.Id == id);
    }

    [Fact]
    public async Task A_person_opens_a_case_online_and_the_departments_system_gathers_for_it()
    {
        var person = DemoPeople.Take(Gateway);
        var citizen = await CaseApi.OfCitizenAsync(Client, person);
        var opened = (await citizen.OpenAsync("rental-housing", null)).Released;
        Assert.Null(opened.OpenedBy);
        Assert.Equal("actor-not-authorised", (await citizen.GatherAsync(opened.Id, person)).Problem?.Code);

        var gathered = (await (await CaseApi.OfSystemAsync(Client)).GatherAsync(opened.Id, person, "residence")).Released;

        Assert.Equal(("residence", "released"), (Assert.Single(gathered.Needs).Need, gathered.Needs[0].Outcome));
        Assert.Equal("cancelled", (await citizen.StepAsync(opened.Id, "cancel")).Released.State);
    }

    [Fact]
    public async Task Only_what_is_missing_is_asked_for_again()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var id = (await clerk.OpenAsync("rental-housing", person)).Released.Id;
        var first = (await clerk.GatherAsync(id, person)).Released;

        var second = (await clerk.GatherAsync(id, person)).Released;

        Assert.Equal(first.Needs.Where(need => need.Outcome == "refused").Select(need => need.Need).Order(), second.Needs.Select(need => need.Need).Order());
        Assert.Equal("open", second.Case?.State);
        Assert.Equal("state-conflict", (await clerk.StepAsync(id, "complete")).Problem?.Code);
        Assert.Equal(["cancel", "gather"], (await clerk.StepAsync(id, "complete")).Problem?.Next?.Order());
        Assert.Equal("state-conflict", (await clerk.EvidenceAsync(id)).Problem?.Code);
    }

    [Fact]
    public async Task That_a_register_holds_no_record_is_an_answer_where_the_matter_says_so()
    {
        var single = new DemoPerson(DataExchange.DemoRegion.Population.DemoPeople.Single);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var id = (await clerk.OpenAsync("rental-housing", single)).Released.Id;

        var gathered = (await clerk.GatherAsync(id, single, "marriage", "property")).Released;

        Assert.All(gathered.Needs, need => Assert.Equal(("no-record", "not-found"), (need.Outcome, need.Problem?.Code)));
        foreach (var need in gathered.Case!.Needs.Where(need => need.Need is "marriage" or "property"))
        {
            Assert.Equal(("no-record", null), (need.State, need.Digest));
            Assert.NotNull(need.AccessIndex);
        }
    }

    [Fact]
    public async Task Consents_are_asked_for_once_and_decided_one_by_one()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var citizen = await CaseApi.OfCitizenAsync(Client, person);
        var id = (await clerk.OpenAsync("rental-housing", person)).Released.Id;
        var asked = (await clerk.AskAsync(id)).Released;

        Assert.Equal(asked.Consents.Select(consent => consent.Id).Order(), (await clerk.AskAsync(id)).Released.Consents.Select(consent => consent.Id).Order());

        var (given, left) = (asked.Consents[0].Id, asked.Consents[1].Id);
        Assert.Equal("given", Assert.Single((await citizen.DecideAsync(asked.Link, (given, true))).Released.Consents).State);
        var api = await Api.OfUserAsync(Client, person.User);
        Assert.Equal("requested", (await api.ConsentAsync(left)).Released.State);
        Assert.Equal("not-found", Assert.Single((await citizen.DecideAsync(asked.Link, (given, false))).Released.Problems).Problem.Code);
        Assert.Equal("request-malformed", (await citizen.DecideAsync(asked.Link)).Problem?.Code);
    }

    [Fact]
    public async Task The_same_key_opens_one_case_and_an_old_version_changes_none()
    {
        var person = DemoPeople.Take(Gateway);
        var clerk = await CaseApi.OfClerkAsync(Client);
        var opened = (await clerk.OpenAsync("rental-housing", person, "opening-1-" + person.Number[^4..])).Released;

        Assert.Equal(opened.Id, (await clerk.OpenAsync("rental-housing", person, "opening-1-" + person.Number[^4..])).Released.Id);
        Assert.Equal("idempotency-key-reused", (await clerk.OpenAsync("rental-housing", DemoPeople.Take(Gateway), "opening-1-" + person.Number[^4..])).Problem?.Code);
        await clerk.GatherAsync(opened.Id, person, "residence");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await clerk.StepAsync(opened.Id, "cancel", opened.LogIndex)).Status);
        var newest = (await clerk.ReadAsync(opened.Id)).Released.LogIndex;
        Assert.Equal("cancelled", (await clerk.StepAsync(opened.Id, "cancel", newest)).Released.State);
    }

    [Theory]
    [InlineData("nothing", "not-found")]
    [InlineData("birth-of-a-child", "actor-not-authorised")]
    public async Task A_desk_opens_its_own_matters_only(string matter, string code) =>
        Assert.Equal(code, (await (await CaseApi.OfClerkAsync(Client)).OpenAsync(matter, DemoPeople.First)).Problem?.Code);
}
