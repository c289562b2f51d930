using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Tests.Support;

namespace DataExchange.Enforcement.Tests.Exchanges;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_denied_request_is_logged_before_the_refusal_leaves_and_nobody_is_asked()
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "secret").ProblemAsync();

        var entry = Assert.Single(await gateway.EntriesOfAsync(TestRegion.ZhangSan));
        Assert.Equal(LeafKinds.AccessRefused, entry.Leaf.Kind);
        Assert.Equal(ProblemSlugs.FieldsNotPermitted.Code, problem.Code);
        Assert.Equal(["secret"], problem.DeniedFields);
        Assert.Equal("secret", Assert.Single(problem.Reasons!).Field);
        Assert.NotNull(problem.Remedy);
        Assert.Equal(entry.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), problem.Decision);
        Assert.Equal((entry.Index, LeafKinds.AccessRefused), (problem.Receipt!.Index, problem.Receipt.Opening!.Record.GetProperty("kind").GetString()));
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Theory]
    [InlineData(null, "token-missing")]
    [InlineData("garbage", "token-invalid")]
    public async Task Without_a_verified_token_nothing_is_exchanged(string? token, string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);

        using var response = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");

        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Equal(code, (await Task.FromResult(response).ProblemAsync()).Code);
        Assert.Empty(await gateway.EntriesOfAsync(TestRegion.ZhangSan));
    }

    [Theory]
    [InlineData("stranger", "department-system", "actor-not-authorised")]
    [InlineData("police-system", "department-system", "agreement-not-active")]
    [InlineData(TestRegion.HousingClient, "reviewer", "actor-not-authorised")]
    public async Task Whoever_has_no_agreement_is_refused_alike_and_on_record(string client, string roles, string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Client.DefaultRequestHeaders.Authorization = TestGateway.Token(client, roles);

        Assert.Equal(code, (await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync()).Code);

        Assert.Equal([LeafKinds.AccessRefused], await gateway.KindsOfAsync(TestRegion.ZhangSan));
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task Another_scheme_than_the_dataset_s_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.QueryAsync(TestRegion.Residence, new SubjectRef("cn-unified-social-credit", "91350100M000100Y43"), "name")
            .RefusedAsync(ProblemSlugs.RequestMalformed);
    }

    [Fact]
    public async Task Lenient_handling_releases_what_is_permitted_and_says_what_is_withheld()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.PostAsync(
            TestRegion.Residence + "/query", TestGateway.Body(TestRegion.ZhangSan, "secret", "name", "phone"), prefer: "respond-async, HANDLING=lenient");

        Assert.Equal(["handling=lenient"], response.Headers.GetValues("Preference-Applied"));
        var answer = await Task.FromResult(response).AnswerAsync();
        Assert.Equal("""{"name":"张\"三\""}""", answer.Record.GetRawText());
        Assert.Equal([new WithheldField("secret", "fields-not-permitted"), new WithheldField("phone", "consent-required")], answer.Withheld);
        Assert.Equal(["name"], Assert.Single(gateway.Provider.Questions).Fields);
    }

    [Fact]
    public async Task Lenient_handling_with_nothing_permitted_is_a_refusal()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.PostAsync(TestRegion.Residence + "/query", TestGateway.Body(TestRegion.ZhangSan, "secret"), prefer: "handling=lenient")
            .RefusedAsync(ProblemSlugs.FieldsNotPermitted);
    }

    [Fact]
    public async Task A_used_up_quota_refuses_and_says_when_to_come_back()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name").AnswerAsync();
        await gateway.QueryAsync(TestRegion.Limited, TestRegion.LiSi, "name").AnswerAsync();
        using var response = await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name");

        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, TestRegion.QuotaSeconds);
        Assert.Equal(ProblemSlugs.QuotaExceeded.Code, (await Task.FromResult(response).ProblemAsync()).Code);
        Assert.Equal(2, gateway.Provider.Count);
    }

    [Fact]
    public async Task Of_many_requests_at_once_exactly_the_quota_passes()
    {
        await using var gateway = await TestGateway.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name")));

        Assert.Equal(2, responses.Count(response => response.IsSuccessStatusCode));
        Assert.Equal(18, responses.Count(response => (int)response.StatusCode == ProblemSlugs.QuotaExceeded.Status));
    }

    [Fact]
    public async Task Refused_requests_do_not_count_against_the_quota()
    {
        await using var gateway = await TestGateway.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "nothing").RefusedAsync(ProblemSlugs.UnknownField);
        }

        await gateway.QueryAsync(TestRegion.Limited, TestRegion.ZhangSan, "name").AnswerAsync();
    }
}
