using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;

namespace DataExchange.Adapters.Tests.DemoRegion;

public sealed class FoundingFileTests(BuiltRegion region) : IDisposable
{
    private readonly JsonDocument _founding = JsonDocument.Parse(
        File.ReadAllBytes(region.Folder.FoundingFile), new JsonDocumentOptions { AllowDuplicateProperties = false });

    private JsonElement Root => _founding.RootElement;

    public void Dispose() => _founding.Dispose();

    [Fact]
    public void The_region_names_its_members_and_one_data_authority()
    {
        Assert.Equal("demo.example", Root.GetProperty("region").GetString());
        Assert.Equal(
            ["public-security", "civil-affairs", "human-resources", "natural-resources", "market-regulation", "education",
                "housing-authority", "service-centre", "data-bureau"],
            All("members").Select(member => Text(member, "code")));
        Assert.Equal("data-bureau", Text(Assert.Single(All("members"), member => member.TryGetProperty("dataAuthority", out _)), "code"));
    }

    [Fact]
    public void Every_approval_verifies_under_the_key_of_the_party_that_gave_it() => Assert.All(All("agreements"), signed =>
    {
        var agreement = signed.GetProperty("agreement");
        var digest = SHA256.HashData(CanonicalJson.Canonicalize(agreement));
        Assert.All(signed.GetProperty("approvals").EnumerateArray(), approval =>
        {
            var parts = approval.GetString()!.Split('.');
            var header = Decode(parts[0]);
            Assert.Equal("ES256", Text(header, "alg"));
            using var key = Key(Text(header, "kid"));
            Assert.True(key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

            var payload = Decode(parts[1]);
            Assert.Equal($"{Text(agreement, "id")}@{agreement.GetProperty("revision")}", Text(payload, "agreement"));
            Assert.Equal(Base64Url.EncodeToString(digest), Text(payload, "sha256"));
        });
    });

    [Fact]
    public void The_data_authority_signs_where_a_field_is_sensitive_and_only_there() => Assert.All(All("agreements"), signed =>
    {
        var agreement = signed.GetProperty("agreement");
        var sensitive = Fields(Text(agreement, "dataset"))
            .Where(field => field.TryGetProperty("sensitive", out var value) && value.GetBoolean())
            .Select(field => Text(field, "name"))
            .ToHashSet();
        var needed = Granted(agreement).Any(field => sensitive.Contains(Text(field, "name")));

        var signers = signed.GetProperty("approvals").EnumerateArray()
            .Select(approval => Text(Decode(approval.GetString()!.Split('.')[0]), "kid").Split('/')[0]);
        string[] parties = [Text(agreement, "provider"), Text(agreement, "consumer")];
        Assert.Equal(needed ? [.. parties, "data-bureau"] : parties, signers);
    });

    [Fact]
    public void A_grant_stays_within_its_dataset_and_its_purpose() => Assert.All(All("agreements"), signed =>
    {
        var agreement = signed.GetProperty("agreement");
        var dataset = Fields(Text(agreement, "dataset")).ToDictionary(field => Text(field, "name"));
        Assert.All(agreement.GetProperty("grants").EnumerateArray(), grant =>
        {
            var limits = All("purposes").Single(purpose => Text(purpose, "code") == Text(grant, "purpose"))
                .GetProperty("limits").GetProperty(Text(agreement, "dataset")).EnumerateArray().Select(name => name.GetString());
            Assert.All(grant.GetProperty("fields").EnumerateArray(), field =>
            {
                Assert.Contains(Text(field, "name"), limits);
                var transforms = dataset[Text(field, "name")].GetProperty("transforms").EnumerateArray().Select(name => name.GetString());
                Assert.Contains(Text(field, "transform"), transforms);
            });
        });
    });

    [Fact]
    public void A_field_rests_on_a_citation_or_on_a_notice_to_consent_to() => Assert.All(All("agreements"), signed =>
    {
        var agreement = signed.GetProperty("agreement");
        foreach (var grant in agreement.GetProperty("grants").EnumerateArray())
        {
            Assert.All(grant.GetProperty("fields").EnumerateArray(), field =>
            {
                var consent = Text(field, "basis") == "Consent";
                Assert.NotEqual(consent, field.TryGetProperty("citation", out _));
                Assert.Equal(consent ? 1 : 0, All("notices").Count(notice => Speaks(notice, agreement, Text(grant, "purpose"), Text(field, "name"))));
            });
        }
    });

    [Fact]
    public void A_sensitive_field_needs_a_separate_consent_with_a_notice_of_its_own()
    {
        var insurance = Agreement("housing-social-insurance");
        var separate = Granted(insurance).Where(field => field.TryGetProperty("separateConsent", out _)).Select(field => Text(field, "name"));

        Assert.Equal(["bankAccount", "disabilityGrade"], separate);
        Assert.All(["bankAccount", "disabilityGrade"], name => Assert.Single(
            All("notices"), notice => notice.GetProperty("fields").EnumerateArray().Select(field => field.GetString()).SequenceEqual([name])));
    }

    [Fact]
    public void Each_case_of_an_agreement_is_there()
    {
        var agreements = All("agreements").ToDictionary(signed => Text(signed.GetProperty("agreement"), "id"));

        Assert.Equal("housing-degree", Assert.Single(agreements, signed => signed.Value.TryGetProperty("suspendedBecause", out _)).Key);
        Assert.Contains(agreements.Values, signed => signed.GetProperty("agreement").TryGetProperty("quota", out _));
        Assert.Equal("QueryAndBatch", Text(Agreement("housing-residence"), "mode"));
        Assert.Contains(Agreement("service-marriage").GetProperty("grants").EnumerateArray(), grant => grant.GetProperty("caseRequired").GetBoolean());
        Assert.Equal(
            ["Boolean", "Full", "Mask", "Range", "YearOnly"],
            agreements.Values.SelectMany(signed => Granted(signed.GetProperty("agreement"))).Select(field => Text(field, "transform")).Distinct().Order());
    }

    [Fact]
    public void The_prohibited_dataset_cites_what_prohibits_it_and_no_agreement_names_it()
    {
        var prohibited = Assert.Single(All("datasets"), dataset => Text(dataset, "shareClass") == "Prohibited");

        Assert.Equal("public-security/criminal-record", Text(prohibited, "code"));
        Assert.Contains("第二百八十六条", Text(prohibited, "prohibition"), StringComparison.Ordinal);
        Assert.DoesNotContain(All("agreements"), signed => Text(signed.GetProperty("agreement"), "dataset") == Text(prohibited, "code"));
    }

    [Fact]
    public void Every_desk_of_a_matter_may_ask_for_all_that_it_needs() => Assert.All(All("matters"), matter =>
        Assert.All(matter.GetProperty("desks").EnumerateArray(), desk =>
            Assert.All(matter.GetProperty("needs").EnumerateArray(), need => Assert.Contains(All("agreements"), signed =>
            {
                var agreement = signed.GetProperty("agreement");
                return !signed.TryGetProperty("suspendedBecause", out _) && Text(agreement, "dataset") == Text(need, "dataset")
                    && agreement.GetProperty("clients").EnumerateArray().Any(client => client.GetString() == desk.GetString())
                    && agreement.GetProperty("grants").EnumerateArray().Any(grant => Text(grant, "purpose") == Text(need, "purpose")
                        && need.GetProperty("fields").EnumerateArray().All(name => grant.GetProperty("fields").EnumerateArray().Any(field => Text(field, "name") == name.GetString())));
            }))));

    [Fact]
    public void The_private_keys_beside_it_belong_to_the_members() => Assert.All(All("members"), member =>
    {
        using var secret = ECDsa.Create();
        secret.ImportFromPem(File.ReadAllText(Path.Combine(region.Folder.Root, "keys", Text(member, "code") + ".pem")));
        using var published = Key($"{Text(member, "code")}/demo-key-do-not-trust");

        Assert.Equal(published.ExportSubjectPublicKeyInfo(), secret.ExportSubjectPublicKeyInfo());
    });

    private static bool Speaks(JsonElement notice, JsonElement agreement, string purpose, string field) =>
        Text(notice, "dataset") == Text(agreement, "dataset")
        && Text(notice, "recipient") == Text(agreement, "consumer")
        && Text(notice, "purpose") == purpose
        && notice.GetProperty("fields").EnumerateArray().Any(name => name.GetString() == field);

    private JsonElement[] All(string list) => [.. Root.GetProperty(list).EnumerateArray()];

    private JsonElement Agreement(string id) =>
        All("agreements").Select(signed => signed.GetProperty("agreement")).Single(agreement => Text(agreement, "id") == id);

    private JsonElement[] Fields(string dataset) =>
        [.. All("datasets").Single(entry => Text(entry, "code") == dataset).GetProperty("fields").EnumerateArray()];

    private static IEnumerable<JsonElement> Granted(JsonElement agreement) =>
        agreement.GetProperty("grants").EnumerateArray().SelectMany(grant => grant.GetProperty("fields").EnumerateArray());

    private ECDsa Key(string kid)
    {
        var parts = kid.Split('/');
        var jwk = All("members").Single(member => Text(member, "code") == parts[0]).GetProperty("keys").GetProperty("keys").EnumerateArray()
            .Single(key => Text(key, "kid") == parts[1]);
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(Text(jwk, "x")), Y = Base64Url.DecodeFromChars(Text(jwk, "y")) },
        });
    }

    private static JsonElement Decode(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
