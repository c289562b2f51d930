using System.Net;
using System.Security.Cryptography;
using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Consents;

public sealed class ConsentTests(SharedGateway shared) : GatewayTest(shared)
{
    private const string Dataset = "human-resources/social-insurance";
    private const string Purpose = "rental-housing-application";

    [Fact]
    public async Task Consent_opens_the_record_and_withdrawal_closes_it()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        Assert.Equal("consent-required", (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Problem?.Code);

        var requested = (await housing.RequestConsentAsync(RequestFor(person))).Released;
        Assert.Equal("requested", requested.State);
        Assert.Equal("consent-required", (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Problem?.Code);

        var given = (await citizen.DecideConsentAsync(requested.Id, "give")).Released;
        Assert.Equal("given", given.State);
        Assert.NotNull(given.ValidFrom);
        var record = (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Released;
        Assert.True(record.Record.TryGetProperty("status", out _));

        var withdrawn = (await citizen.DecideConsentAsync(requested.Id, "withdraw")).Released;
        Assert.Equal("withdrawn", withdrawn.State);
        Assert.Equal("consent-not-valid", (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Problem?.Code);
    }

    [Fact]
    public async Task Every_step_carries_a_receipt_of_its_own_kind()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var requested = (await housing.RequestConsentAsync(RequestFor(person))).Released;
        var given = (await citizen.DecideConsentAsync(requested.Id, "give")).Released;
        var withdrawn = (await citizen.DecideConsentAsync(requested.Id, "withdraw")).Released;

        foreach (var (view, kind) in new[] { (requested, LeafKinds.ConsentRequested), (given, LeafKinds.ConsentGiven), (withdrawn, LeafKinds.ConsentWithdrawn) })
        {
            Assert.NotNull(view.Receipt);
            Assert.Equal(view.LogIndex, view.Receipt.Index);
            var (leaf, _) = await ReceiptCheck.VerifyAsync(Client, view.Receipt);
            Assert.Equal(kind, leaf.Kind);
        }
    }

    [Fact]
    public async Task Somebody_elses_consent_is_not_there()
    {
        var (owner, other) = (DemoPeople.Take(Gateway), DemoPeople.Take(Gateway));
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var consent = (await housing.RequestConsentAsync(RequestFor(owner))).Released;
        var stranger = await Api.OfUserAsync(Client, other.User);
        var centre = await Api.OfClientAsync(Client, "service-centre");

        foreach (var step in new[] { "give", "refuse", "withdraw" })
        {
            Assert.Equal("not-found", (await stranger.DecideConsentAsync(consent.Id, step)).Problem?.Code);
        }

        Assert.Equal("not-found", (await stranger.ConsentAsync(consent.Id)).Problem?.Code);
        Assert.Equal("not-found", (await centre.ConsentAsync(consent.Id)).Problem?.Code);
        Assert.DoesNotContain((await stranger.ConsentsAsync()).Released, listed => listed.Id == consent.Id);
        Assert.DoesNotContain((await centre.ConsentsAsync()).Released, listed => listed.Id == consent.Id);
    }

    [Fact]
    public async Task The_person_and_the_recipient_both_see_it()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var consent = (await housing.RequestConsentAsync(RequestFor(person))).Released;
        var citizen = await Api.OfUserAsync(Client, person.User);

        Assert.Equal(consent.Id, Assert.Single((await citizen.ConsentsAsync()).Released).Id);
        Assert.Contains((await housing.ConsentsAsync()).Released, listed => listed.Id == consent.Id);
        Assert.Equal("requested", (await citizen.ConsentAsync(consent.Id)).Released.State);
        Assert.Equal("requested", (await housing.ConsentAsync(consent.Id)).Released.State);
    }

    [Fact]
    public async Task A_department_cannot_give_what_is_the_persons_to_give()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var consent = (await housing.RequestConsentAsync(RequestFor(person))).Released;

        foreach (var step in new[] { "give", "refuse", "withdraw" })
        {
            Assert.Equal("actor-not-authorised", (await housing.DecideConsentAsync(consent.Id, step)).Problem?.Code);
        }

        var citizen = await Api.OfUserAsync(Client, person.User);
        Assert.Equal("actor-not-authorised", (await citizen.RequestConsentAsync(RequestFor(person))).Problem?.Code);
    }

    [Fact]
    public async Task A_clerk_assists_only_with_evidence_and_only_in_matters_of_the_desk()
    {
        var person = DemoPeople.Take(Gateway);
        var centre = await Api.OfClientAsync(Client, "service-centre");
        var clerk = await Api.OfUserAsync(Client, "clerk", "service-centre");
        var id = (await centre.RequestConsentAsync(RequestFor(person) with
        {
            Notice = "enterprise-degree",
            Purpose = "enterprise-opening",
            Dataset = "education/degree",
            Fields = ["level"],
        })).Released.Id;

        Assert.Equal("request-malformed", (await clerk.DecideConsentAsync(id, "give")).Problem?.Code);
        Assert.Equal("request-malformed", (await clerk.DecideConsentAsync(id, "give", new ConsentGiving { EvidenceHash = "not a hash" })).Problem?.Code);
        var evidence = new ConsentGiving { EvidenceHash = Convert.ToBase64String(SHA256.HashData("the signed form"u8)) };
        Assert.Equal("given", (await clerk.DecideConsentAsync(id, "give", evidence)).Released.State);

        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var elsewhere = (await housing.RequestConsentAsync(RequestFor(person))).Released.Id;
        Assert.Equal("not-found", (await clerk.DecideConsentAsync(elsewhere, "give", evidence)).Problem?.Code);
    }

    [Fact]
    public async Task A_person_needs_no_evidence_of_their_own_will()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var consent = (await housing.RequestConsentAsync(RequestFor(person))).Released;

        var answer = await citizen.DecideConsentAsync(consent.Id, "give", new ConsentGiving { EvidenceHash = Convert.ToBase64String(new byte[32]) });

        Assert.Equal("request-malformed", answer.Problem?.Code);
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("give", "give")]
    [InlineData("refuse", "give")]
    [InlineData("refuse", "refuse")]
    [InlineData("give", "withdraw", "withdraw")]
    [InlineData("give", "withdraw", "give")]
    [InlineData("give", "refuse")]
    public async Task A_step_that_the_state_does_not_allow_is_a_conflict(params string[] steps)
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var consent = (await housing.RequestConsentAsync(RequestFor(person))).Released;
        foreach (var step in steps[..^1])
        {
            Assert.Null((await citizen.DecideConsentAsync(consent.Id, step)).Problem);
        }

        var answer = await citizen.DecideConsentAsync(consent.Id, steps[^1]);

        Assert.Equal("state-conflict", answer.Problem?.Code);
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
    }

    [Fact]
    public async Task The_same_use_is_not_asked_for_twice_and_can_be_once_it_has_ended()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);
        var first = (await housing.RequestConsentAsync(RequestFor(person))).Released;

        await AssertConflictAsync();
        Assert.Null((await citizen.DecideConsentAsync(first.Id, "give")).Problem);
        await AssertConflictAsync();
        Assert.Null((await citizen.DecideConsentAsync(first.Id, "withdraw")).Problem);
        Assert.Equal("consent-not-valid", (await housing.QueryAsync(Dataset, person.Number, Purpose, "status")).Problem?.Code);

        var second = (await housing.RequestConsentAsync(RequestFor(person))).Released;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("given", (await citizen.DecideConsentAsync(second.Id, "give")).Released.State);

        async Task AssertConflictAsync()
        {
            var answer = await housing.RequestConsentAsync(RequestFor(person) with { Fields = ["employer", "status"] });
            Assert.Equal((HttpStatusCode.Conflict, "state-conflict"), (answer.Status, answer.Problem?.Code));
            Assert.Contains(first.Id, answer.Problem!.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_many_requests_at_once_for_the_same_use_one_is_made()
    {
        var person = DemoPeople.Take(Gateway);
        var housing = await Api.OfClientAsync(Client, "housing-authority");
        var citizen = await Api.OfUserAsync(Client, person.User);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => housing.RequestConsentAsync(RequestFor(person))));

        var made = Assert.Single(answers, answer => answer.Body is not null).Released;
        Assert.Equal(15, answers.Count(answer => answer.Problem?.Code == "state-conflict"));
        Assert.Equal(made.Id, Assert.Single((await citizen.ConsentsAsync()).Released).Id);
    }

    internal static ConsentRequest RequestFor(DemoPerson person) => new()
    {
        Subject = new SubjectRef("cn-resident-id", person.Number),
        Notice = "rental-social-insurance",
        Language = "zh",
        Purpose = Purpose,
        Dataset = Dataset,
        Fields = ["status"],
        Kind = "general",
        ValidTo = new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero),
    };
}
