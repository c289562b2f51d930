using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace DataExchange.Enforcement.Tests.Exchanges;

/// <summary>A forgotten middleware fails closed.</summary>
public sealed class PermitTests
{
    [Fact]
    public async Task A_proxy_pipeline_without_the_exchange_forwards_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Map = endpoints => endpoints.MapReverseProxy());

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.InternalError);

        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task The_forwarder_itself_refuses_a_request_without_a_permit()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        var error = await gateway.Services.GetRequiredService<IHttpForwarder>()
            .SendAsync(context, gateway.Provider.Address.AbsoluteUri, invoker, ForwarderRequestConfig.Empty, HttpTransformer.Empty, TestContext.Current.CancellationToken);

        Assert.Equal(ForwarderError.RequestCreation, error);
        Assert.Equal(500, context.Response.StatusCode);
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_permit_is_good_for_one_forward()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = services =>
        {
            var forwarder = services.Last(service => service.ServiceType == typeof(IHttpForwarder));
            services.AddSingleton<IHttpForwarder>(provider => new Twice((IHttpForwarder)forwarder.ImplementationFactory!(provider)));
        });

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");

        Assert.Equal(1, gateway.Provider.Count);
    }

    private sealed class Twice(IHttpForwarder inner) : IHttpForwarder
    {
        public async ValueTask<ForwarderError> SendAsync(
            HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer)
        {
            await inner.SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer);
            return await inner.SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer);
        }
    }
}
