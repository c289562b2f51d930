using System.Security.Cryptography.X509Certificates;
using DataExchange.Gateway.Tests.Running;

namespace DataExchange.Gateway.Tests.Identity;

/// <summary>RFC 8705 over real TLS: a token is of no use to whoever cannot show the certificate that it was issued to.</summary>
public sealed class TokenBindingTests : IAsyncLifetime
{
    private readonly X509Certificate2 _own = TestCertificates.Create("housing-authority");
    private readonly X509Certificate2 _other = TestCertificates.Create("somebody-else");
    private readonly X509Certificate2 _server = TestCertificates.Create("gateway");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-tls-");
    private GatewayProcess _gateway = null!;

    [Fact]
    public async Task A_bound_token_works_with_its_certificate_and_with_no_other()
    {
        using var bound = ClientWith(_own);
        using var stolen = ClientWith(_other);
        using var bare = ClientWith(null);
        var token = await bound.OfClientAsync("housing-authority");

        Assert.Null((await QueryAsync(bound, token)).Problem);
        Assert.Equal("token-binding-mismatch", (await QueryAsync(stolen, token)).Problem?.Code);
        Assert.Equal("token-binding-mismatch", (await QueryAsync(bare, token)).Problem?.Code);
    }

    [Fact]
    public async Task A_certificate_in_a_header_is_no_certificate()
    {
        using var bound = ClientWith(_own);
        using var bare = ClientWith(null);
        var token = await bound.OfClientAsync("housing-authority");
        bare.DefaultRequestHeaders.Add("X-Client-Cert", Convert.ToBase64String(_own.RawData));
        bare.DefaultRequestHeaders.Add("X-ARR-ClientCert", Convert.ToBase64String(_own.RawData));

        Assert.Equal("token-binding-mismatch", (await QueryAsync(bare, token)).Problem?.Code);
    }

    public async ValueTask InitializeAsync() => _gateway = await GatewayProcess.StartAsync(new Dictionary<string, string>
    {
        ["ASPNETCORE_URLS"] = "https://127.0.0.1:0",
        ["Kestrel__Certificates__Default__Path"] = TestCertificates.WriteTo(_folder.FullName, _server),
    });

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
        _own.Dispose();
        _other.Dispose();
        _server.Dispose();
    }

    private HttpClient ClientWith(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == _server.GetCertHashString();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new HttpClient(handler) { BaseAddress = _gateway.Client.BaseAddress };
    }

    private static Task<Answer<Contracts.Records.RecordAnswer>> QueryAsync(HttpClient client, string token) =>
        new Api(client, token).QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name");
}
