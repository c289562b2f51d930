using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Tests.Agreements;

public sealed class AgreementCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-agreement-");
    private readonly Dictionary<string, ECDsa> _keys = new[] { "registry", "housing", "bureau", "other" }.ToDictionary(member => member, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_it_signs_it_verifies()
    {
        var agreement = Agreement("health");
        var approvals = new List<string>();
        foreach (var member in new[] { "registry", "housing", "bureau" })
        {
            var run = await DxRun.InProcessAsync(["agreement", "sign", "-", "--key", Pem(member), "--kid", member + "/k1"], $$"""{"name":"a@1","document":{{agreement}}}""");
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("a@1", run.Error, StringComparison.Ordinal);
            approvals.Add(run.Out.TrimEnd());
        }

        (await VerifyAsync(Activated(agreement, approvals))).Shows(0, "verified");
    }

    [Fact]
    public async Task An_agreement_without_a_partys_signature_does_not_verify()
    {
        var plain = Agreement("name");
        (await VerifyAsync(Activated(plain, [Sign(plain, "registry"), Sign(plain, "housing")]))).Shows(0, "verified");
        (await VerifyAsync(Activated(plain, [Sign(plain, "registry")]))).Shows(1, "signature-missing");
        (await VerifyAsync(Activated(plain, [Sign(plain, "registry"), Sign(plain, "housing", by: "other")]))).Shows(1, "signature-missing");
        (await VerifyAsync(Activated(plain, [Sign(plain, "registry"), Sign(Agreement("name", "elsewhere"), "housing")]))).Shows(1, "signature-missing");
        (await VerifyAsync(Activated(plain, [Sign(plain, "registry"), "no.jws"]))).Shows(1, "signature-missing");

        var sensitive = Agreement("health");
        (await VerifyAsync(Activated(sensitive, [Sign(sensitive, "registry"), Sign(sensitive, "housing")]))).Shows(1, "signature-missing");
    }

    [Fact]
    public async Task A_key_counts_from_where_the_log_has_it()
    {
        var agreement = Agreement("name");
        byte[] rotated = Leaf.Encode("key.rotated", 0, default, Encoding.UTF8.GetBytes($$"""{"keys":{"keys":[{{Jwk("other")}}]},"member":"housing","of":1,"signature":"s"}"""));
        byte[][] entries = [rotated, Activated(agreement, [Sign(agreement, "registry"), Sign(agreement, "housing", by: "other")])];
        (await VerifyAsync(entries)).Shows(0, "verified");
        (await VerifyAsync([rotated, Activated(agreement, [Sign(agreement, "registry"), Sign(agreement, "housing")])])).Shows(1, "signature-missing");
    }

    [Fact]
    public async Task A_signer_that_no_entry_admitted_cannot_be_told()
    {
        var agreement = Agreement("name").Replace("\"housing\"", "\"newcomer\"", StringComparison.Ordinal);
        (await VerifyAsync(Activated(agreement, [Sign(agreement, "registry"), Sign(agreement, "newcomer", by: "other")]))).Shows(2, "signer-unknown");
        (await VerifyAsync(Activated(agreement, []))).Shows(1, "signature-missing");
    }

    [Fact]
    public async Task One_agreement_is_looked_at_and_one_that_is_not_there_is_not_found()
    {
        var agreement = Agreement("name");
        var entry = Activated(agreement, [Sign(agreement, "registry"), Sign(agreement, "housing")]);
        (await VerifyAsync([entry], "--id", "a")).Shows(0, "verified");
        (await VerifyAsync([entry], "--id", "b")).Shows(2, "no-such-entry");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"revision\":\"1\",\"consumer\":\"c\",\"provider\":\"p\",\"dataset\":\"p/d\",\"validTo\":\"t\"}")]
    public async Task What_is_no_agreement_is_not_signed(string document) =>
        (await DxRun.InProcessAsync(["agreement", "sign", "-", "--key", Pem("registry"), "--kid", "registry/k1", "--json"], document)).Shows(2, "input-unreadable");

    private static string Agreement(string field, string scenario = "rental") =>
        $$"""{"id":"a","revision":1,"consumer":"housing","provider":"registry","dataset":"registry/residence","datasetRevision":2,"scenario":"{{scenario}}","validTo":"2027-01-01T00:00:00Z","grants":[{"fields":[{"name":"{{field}}"}]}]}""";

    private static byte[] Activated(string agreement, IEnumerable<string> approvals) =>
        Entry(LeafKinds.AgreementActivated, $$"""{"agreement":{{agreement}},"approvals":[{{string.Join(',', approvals.Select(jws => $"\"{jws}\""))}}]}""");

    private static byte[] Entry(string kind, string record) => Leaf.Encode(kind, 0, default, CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(record)));

    private Task<DxRun> VerifyAsync(byte[] entry) => VerifyAsync([entry]);

    private async Task<DxRun> VerifyAsync(byte[][] entries, params string[] options)
    {
        byte[][] all =
        [
            .. new[] { "registry", "housing", "bureau" }.Select(member => Entry(
                LeafKinds.MemberAdmitted, $$"""{"code":"{{member}}","keys":{"keys":[{{Jwk(member)}}]}{{(member == "bureau" ? ",\"dataAuthority\":true" : "")}}}""")),
            Entry(LeafKinds.DatasetPublished, """{"code":"registry/residence","revision":2,"fields":[{"name":"name"},{"name":"health","sensitive":true}]}"""),
            .. entries,
        ];
        using var log = new TestLog(all.Length, i => all[i]);
        return await DxRun.InProcessAsync(["agreement", "verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--json", .. options]);
    }

    private string Sign(string agreement, string member, string? by = null)
    {
        var document = JsonElement.Parse(agreement);
        var statement = SignedStatement.Of(SignedStatement.Agreement, "a@1", document);
        var signed = $"{Encode(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{member}}/k1"}"""))}.{Encode(statement)}";
        return $"{signed}.{Encode(_keys[by ?? member].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private string Jwk(string member)
    {
        var point = _keys[member].ExportParameters(false).Q;
        return $$"""{"crv":"P-256","kid":"k1","kty":"EC","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}""";
    }

    private string Pem(string member)
    {
        var file = Path.Combine(_folder.FullName, member + ".pem");
        File.WriteAllText(file, _keys[member].ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
