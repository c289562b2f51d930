using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Tests.Signing;

public sealed class SigningTests : IDisposable
{
    private const string Proposal = """{"id":"p1","kind":"purpose.registered","change":{"code":"rental"},"reason":"needed","proposer":"education","expires":"2026-03-01T00:00:00Z"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-signing-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approval_is_a_jws_over_the_proposal_as_it_is_written(bool isJwk)
    {
        var key = isJwk ? Jwk() : Pem();
        var run = await DxRun.InProcessAsync(["proposal", "sign", await FileAsync("proposal.json", Proposal), "--key", key, "--kid", "education/k1"]);
        Assert.Equal(0, run.ExitCode);
        var (header, payload) = Verify(run.Out.TrimEnd());
        Assert.Equal("""{"alg":"ES256","kid":"education/k1"}""", header);
        Assert.Equal(SignedStatement.Of("proposal", "p1", JsonElement.Parse(Proposal)), payload);
    }

    [Fact]
    public async Task Of_an_answer_the_document_inside_is_signed_and_shown_before()
    {
        var answer = $$"""{"id":"p1","state":"open","document":{{Proposal}}}""";
        var run = await DxRun.InProcessAsync(["proposal", "sign", "-", "--key", Pem(), "--kid", "education/k1"], answer);
        var (_, payload) = Verify(run.Out.TrimEnd());
        Assert.Equal(SignedStatement.Of("proposal", "p1", JsonElement.Parse(Proposal)), payload);
        Assert.All(
            ["approval", "p1", "purpose.registered", "needed", "\"code\": \"rental\"", SignedStatement.HashOf(JsonElement.Parse(Proposal))],
            part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rejection_is_another_statement_and_holds_its_reason()
    {
        var run = await DxRun.InProcessAsync(
            ["proposal", "sign", await FileAsync("proposal.json", Proposal), "--reject", "过宽", "--key", Pem(), "--kid", "education/k1", "--json"]);
        run.Shows(0, "signed");
        var (_, payload) = Verify(run.Json.GetProperty("signature").GetString()!);
        Assert.Equal(SignedStatement.Of("rejection", "p1", JsonElement.Parse(Proposal), "过宽"), payload);
        Assert.NotEqual(SignedStatement.Of("proposal", "p1", JsonElement.Parse(Proposal)), payload);
    }

    [Fact]
    public async Task Keys_and_clients_are_signed_for_one_version_of_the_member()
    {
        const string clients = """[{"clientId":"education-system"}]""";
        var run = await DxRun.InProcessAsync(
            ["clients", "sign", await FileAsync("clients.json", clients), "--member", "education", "--of-version", "812", "--key", Pem(), "--kid", "education/k1"]);
        Assert.Equal(SignedStatement.Of("clients", "education@812", JsonElement.Parse(clients)), Verify(run.Out.TrimEnd()).Payload);

        const string keys = """{"keys":[]}""";
        run = await DxRun.InProcessAsync(
            ["keys", "sign", await FileAsync("keys.json", keys), "--member", "education", "--of-version", "812", "--key", Pem(), "--kid", "education/k1"]);
        Assert.Equal(SignedStatement.Of("keys", "education@812", JsonElement.Parse(keys)), Verify(run.Out.TrimEnd()).Payload);
    }

    [Fact]
    public async Task What_could_make_a_terminal_show_something_else_is_escaped()
    {
        var run = await DxRun.InProcessAsync(
            ["proposal", "sign", "-", "--key", Pem(), "--kid", "education/k1"], Proposal.Replace("needed", "\\u001b[2J\\u202enope 需要", StringComparison.Ordinal));
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.DoesNotContain('\u202e', run.Error);
        Assert.Contains("需要", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_can_read_signs_nothing()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Files have no mode there.
        }

        var key = Pem();
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var run = await DxRun.InProcessAsync(["proposal", "sign", "-", "--key", key, "--kid", "education/k1", "--json"], Proposal);
        run.Shows(2, "key-unusable");
        Assert.Contains("chmod 600", run.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_curve_or_a_public_one_signs_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var text in (string[])[other.ExportPkcs8PrivateKeyPem(), _key.ExportSubjectPublicKeyInfoPem(), "{}", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":1}", "nothing", ""])
        {
            var run = await DxRun.InProcessAsync(["proposal", "sign", "-", "--key", KeyFile("bad.key", text), "--kid", "education/k1", "--json"], Proposal);
            run.Shows(2, "key-unusable");
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"p1\"}")]
    [InlineData("{\"id\":\"p1\",\"id\":\"p2\"}")]
    public async Task What_is_no_proposal_is_not_signed(string document)
    {
        var run = await DxRun.InProcessAsync(["proposal", "sign", "-", "--key", Pem(), "--kid", "education/k1", "--json"], document);
        run.Shows(2, "input-unreadable");
    }

    [Fact]
    public async Task A_kid_without_member_is_wrong_usage() =>
        Assert.Equal(2, (await DxRun.InProcessAsync(["proposal", "sign", "-", "--key", Pem(), "--kid", "k1"], Proposal)).ExitCode);

    private string Pem() => KeyFile("key.pem", _key.ExportPkcs8PrivateKeyPem());

    private string Jwk()
    {
        var parameters = _key.ExportParameters(true);
        return KeyFile("key.jwk", new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(parameters.Q.X),
            ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
            ["d"] = Base64Url.EncodeToString(parameters.D),
        }.ToJsonString());
    }

    private string KeyFile(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    private (string Header, byte[] Payload) Verify(string jws)
    {
        var parts = jws.Split('.');
        Assert.True(_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        return (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])), Base64Url.DecodeFromChars(parts[1]));
    }
}
