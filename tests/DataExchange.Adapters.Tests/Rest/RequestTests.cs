using System.Text;
using System.Text.Json;
using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Rest.Requests;
using Microsoft.Extensions.Configuration;

namespace DataExchange.Adapters.Tests.Rest;

/// <summary>A number stays a number wherever the template puts it.</summary>
public class RequestTests
{
    private static readonly Uri Service = new("http://127.0.0.1:9/old/");

    [Theory]
    [InlineData("11010519491231002X", "/old/people/11010519491231002X")]
    [InlineData("张三", "/old/people/%E5%BC%A0%E4%B8%89")]
    [InlineData("a b", null)]
    [InlineData("a/b", null)]
    [InlineData("a%2fb", null)]
    [InlineData("a?b", null)]
    [InlineData("a#b", null)]
    [InlineData("a\\b", null)]
    [InlineData("a;b", null)]
    [InlineData(".", null)]
    [InlineData("..", null)]
    [InlineData("a..b", "/old/people/a..b")]
    public void In_a_path_it_is_one_segment_or_nothing_is_asked(string subject, string? path) =>
        Assert.Equal(path, Template(RestAdapter.ByPath).For(Service, subject)?.RequestUri?.PathAndQuery);

    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("张三", false)]
    [InlineData("a\r\nX-Other: b", false)]
    public void In_a_header_it_is_one_line_of_ascii_or_nothing_is_asked(string subject, bool asked)
    {
        using var request = Template(RestAdapter.ByHeader).For(Service, subject);
        Assert.Equal(asked, request is not null);
        Assert.Equal(asked ? [subject] : null, request?.Headers.GetValues("X-Number"));
    }

    [Fact]
    public async Task In_a_body_it_is_one_json_text()
    {
        using var request = Template(RestAdapter.ByBody).For(Service, "\"}],\"limit\":1000,\"x\":[{\"y\":\"张");
        var body = JsonDocument.Parse(await request!.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(["criteria", "limit"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal("\"}],\"limit\":1000,\"x\":[{\"y\":\"张", body.GetProperty("criteria")[0].GetProperty("equals").GetString());
        Assert.Equal("application/json", request.Content.Headers.ContentType?.ToString());
    }

    private static RequestTemplate Template(string request)
    {
        var errors = new ConfigurationErrors();
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Request": { {{request}} } }"""))).Build();
        var template = RequestTemplate.Read(new SettingsReader(configuration.GetSection("Request"), errors));
        errors.ThrowIfAny();
        return template;
    }
}
