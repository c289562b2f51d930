using DataExchange.Gateway.Edge;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Gateway.Tests.Edge;

public sealed class HeaderHygieneTests
{
    [Theory]
    [InlineData("X-Client-Cert")]
    [InlineData("x-forwarded-for")]
    [InlineData("X-Forwarded-Client-Cert")]
    [InlineData("Forwarded")]
    [InlineData("X-Original-URL")]
    [InlineData("X-HTTP-Method-Override")]
    public async Task A_forged_identity_reaches_nobody(string header) => Assert.False((await PassAsync((header, "forged"))).ContainsKey(header));

    [Fact]
    public async Task A_header_nominated_for_one_hop_goes_no_further()
    {
        var headers = await PassAsync(("Connection", "keep-alive, X-Secret"), ("X-Secret", "1"), ("X-Other", "2"));

        Assert.False(headers.ContainsKey("X-Secret"));
        Assert.True(headers.ContainsKey("X-Other"));
    }

    private static async Task<IHeaderDictionary> PassAsync(params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        await new HeaderHygieneMiddleware(_ => Task.CompletedTask).InvokeAsync(context);
        return context.Request.Headers;
    }
}
