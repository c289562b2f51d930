using System.Net;
using DataExchange.Gateway.Profile;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DataExchange.Gateway.Edge;

public static class EdgeExtensions
{
    /// <summary>Listened on where nothing else is configured (<c>ASPNETCORE_URLS</c>, <c>--urls</c>, <c>Kestrel:Endpoints</c>).</summary>
    public const string DefaultAddress = "http://127.0.0.1:5080";

    /// <summary>Limits what Kestrel takes in. (That lines end in CR LF and in nothing else is a switch in the project file.)</summary>
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        var edge = builder.Configuration.GetSection("Edge").Get<EdgeOptions>() ?? new EdgeOptions();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureHttpsDefaults(https =>
            {
                // Whose certificate it is, the token says (RFC 8705); the handshake proves that the caller holds its key. So any is taken.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
            kestrel.Limits.MaxRequestBodySize = edge.MaxRequestBodySize;
            kestrel.Limits.MaxRequestHeadersTotalSize = edge.MaxRequestHeadersTotalSize;
            kestrel.Limits.RequestHeadersTimeout = edge.RequestHeadersTimeout;
        });

        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure(forwarded => Trust(forwarded, edge));
    }

    /// <summary>First in the pipeline: whatever comes after sees only requests with one meaning, and no header that claims an identity.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<RequestHygieneMiddleware>();
        if (app.Configuration.GetSection("Edge:TrustedProxies").Get<string[]>() is { Length: > 0 })
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<HeaderHygieneMiddleware>();
    }

    private static void Trust(ForwardedHeadersOptions forwarded, EdgeOptions edge)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in edge.TrustedProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new StartupRefusedException([$"Edge:TrustedProxies holds '{proxy}': it has to be an IP address."]));
        }
    }
}
