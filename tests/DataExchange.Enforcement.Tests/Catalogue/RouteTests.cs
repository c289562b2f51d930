using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace DataExchange.Enforcement.Tests.Catalogue;

public sealed class RouteTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("police/residence", null)]
    [InlineData(null, "Query")]
    [InlineData("residence", "Query")]
    [InlineData("police/residence", "None")]
    [InlineData("police/residence", "Everything")]
    public async Task A_route_that_names_no_dataset_fails_at_start(string? dataset, string? form)
    {
        var metadata = new Dictionary<string, string>();
        if (dataset is not null)
        {
            metadata["DataExchange.Dataset"] = dataset;
        }

        if (form is not null)
        {
            metadata["DataExchange.Form"] = form;
        }

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartWithAsync(new RouteConfig
        {
            RouteId = "forgotten",
            ClusterId = TestRegion.Police,
            Match = new RouteMatch { Path = "/forgotten" },
            Metadata = metadata,
        }));

        Assert.Contains("Route 'forgotten' names no dataset", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_to_another_department_than_the_dataset_s_owner_fails_at_start()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartWithAsync(new RouteConfig
        {
            RouteId = "astray",
            ClusterId = TestRegion.Police,
            Match = new RouteMatch { Path = "/astray" },
            Metadata = new Dictionary<string, string> { ["DataExchange.Dataset"] = "housing/flats", ["DataExchange.Form"] = "Query" },
        }));

        Assert.Contains("belongs to 'housing'", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_no_member_fails_at_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            TestGateway.StartAsync(setup => setup.Settings["Providers:polcie:Addresses:0"] = "http://127.0.0.1:1"));

        Assert.Contains("polcie", failure.Message, StringComparison.Ordinal);
        Assert.Contains("housing, police", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_start_with_what_is_allowed()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(setup =>
        {
            setup.Settings["Providers:police:Addresses:1"] = "http://127.0.0.1:1/path";
            setup.Settings["Providers:police:MaxAnswerBytes"] = "5";
            setup.Settings["Providers:police:Resilience:TotalTimeout"] = "00:00:01";
            setup.Settings["Providers:police:Resilience:CircuitFailureRatio"] = "1.5";
            setup.Settings["Providers:police:Health:Timeout"] = "00:01:00";
        }));

        Assert.Equal(
            ["Providers:police:Addresses:1", "Providers:police:Health:Timeout", "Providers:police:MaxAnswerBytes", "Providers:police:Resilience:CircuitFailureRatio", "Providers:police:Resilience:TotalTimeout"],
            failure.Failures.Select(text => text.Split(" is ")[0]).Order());
    }

    [Theory]
    [InlineData("POST", "/v1/records/police/nothing/query", "not-found")]
    [InlineData("POST", "/v1/records/nobody/residence/query", "not-found")]
    [InlineData("GET", "/v1/records/police/nothing/11010519491231002X?purpose=rental&fields=name", "not-found")]
    [InlineData("GET", "/v1/records/police", "not-found")]
    [InlineData("GET", "/v1/records", "not-found")]
    [InlineData("POST", "/v1/records/police/residence/query/more", "not-found")]
    [InlineData("GET", "/v1/records/police/residence/query", "method-not-allowed")]
    [InlineData("GET", "/v1/records/police/residence/batch", "method-not-allowed")]
    [InlineData("PUT", "/v1/records/police/residence/query", "method-not-allowed")]
    [InlineData("DELETE", "/v1/records/police/residence/batch", "method-not-allowed")]
    [InlineData("POST", "/v1/records/police/residence/11010519491231002X", "method-not-allowed")]
    [InlineData("OPTIONS", "/v1/records/police/residence/query", "method-not-allowed")]
    public async Task What_is_not_offered_is_a_problem(string method, string path, string code)
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(code == ProblemSlugs.MethodNotAllowed.Code, response.Content.Headers.Allow.Count > 0);
        Assert.Equal(code, (await Task.FromResult(response).ProblemAsync()).Code);
    }

    private static async Task StartWithAsync(RouteConfig route)
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = services => services.AddSingleton<IProxyConfigProvider>(new OneRoute(route)));
    }

    private sealed class OneRoute(RouteConfig route) : IProxyConfigProvider, IProxyConfig
    {
        public IReadOnlyList<RouteConfig> Routes => [route];

        public IReadOnlyList<ClusterConfig> Clusters => [];

        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);

        public IProxyConfig GetConfig() => this;
    }
}
