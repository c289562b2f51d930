using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Founding;

/// <summary>One fault at a time, signed anew, so that nothing else is wrong; each is found where it is.</summary>
public class FoundingFileTests
{
    /// <summary>Where the fault is found, where the file is changed, and what to; null takes the member out.</summary>
    public static TheoryData<string, string, string?> Faults => new()
    {
        { "$.region", "region", "\"Test Region\"" },
        { "$.region", "region", "\"\"" },
        { "$.names", "names", """{"en":"Only English"}""" },
        { "$.names.zh", "names", """{"en":"Region","zh":" "}""" },
        { "$.founded", "founded", "\"2026-01-01T00:00:00\"" },
        { "$.members[0].code", "members/0/code", "\"Registry!\"" },
        { "$.members", "members/2/code", "\"housing\"" },
        { "$.members", "members/0/dataAuthority", "true" },
        { "$.members[0].keys", "members/0/keys", """{"keys":[]}""" },
        { "$.members[*].clients", "members/2/clients/0/clientId", "\"housing-system\"" },
        { "$.members[1].clients", "members/1/clients/0/clientId", "\"\"" },
        { "$.members[1].clients", "members/1/clients/1/certificateThumbprint", "\"AAAA\"" },
        { "$.members[1].clients", "members/1/clients/1/certificateThumbprint", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"" },
        { "$.purposes[0].code", "purposes/0/code", "\"Rental\"" },
        { "$.purposes", "purposes/1/code", "\"rental\"" },
        { "$.purposes[0].service", "purposes/0/service", "\"\"" },
        { "$.purposes[0].retentionDays", "purposes/0/retentionDays", "0" },
        { "$.purposes[1].limits", "purposes/1/limits", """{"registry/nothing":["name"]}""" },
        { "$.purposes[1].limits['registry/residence']", "purposes/1/limits", """{"registry/residence":["shoeSize"]}""" },
        { "$.datasets[1].code", "datasets/1/code", "\"registry\"" },
        { "$.datasets[1].code", "datasets/1/code", "\"nobody/informants\"" },
        { "$.datasets", "datasets/1/code", "\"registry/residence\"" },
        { "$.datasets[1].revision", "datasets/1/revision", "0" },
        { "$.datasets[1].subjectScheme", "datasets/1/subjectScheme", "\"\"" },
        { "$.datasets[1].format", "datasets/1/format", "\"\"" },
        { "$.datasets[1].updateFrequency", "datasets/1/updateFrequency", "\"\"" },
        { "$.datasets[1].classification", "datasets/1/classification", "\"\"" },
        { "$.datasets[1].conditions", "datasets/1/conditions", null },
        { "$.datasets[0].conditions", "datasets/0/conditions", null },
        { "$.datasets[0].impactAssessment", "datasets/0/impactAssessment", null },
        { "$.datasets[1].fields", "datasets/1/fields", "[]" },
        { "$.datasets[0].fields", "datasets/0/fields/6/name", "\"name\"" },
        { "$.datasets[0].fields[6].name", "datasets/0/fields/6/name", "\"Faith\"" },
        { "$.datasets[0].fields[6].category", "datasets/0/fields/6/category", "\"\"" },
        { "$.datasets[0].fields[6].maxLength", "datasets/0/fields/6/maxLength", "-1" },
        { "$.datasets[0].fields[6].transforms", "datasets/0/fields/6/transforms", "[]" },
        { "$.datasets[0].fields[6].transforms", "datasets/0/fields/6/transforms", """["YearOnly"]""" },
        { "$.datasets[0].fields[6].transforms", "datasets/0/fields/6/transforms", """["None"]""" },
        { "$.notices[0].code", "notices/0/code", "\"?\"" },
        { "$.notices[0].revision", "notices/0/revision", "0" },
        { "$.notices[0].purpose", "notices/0/purpose", "\"none\"" },
        { "$.notices[0].dataset", "notices/0/dataset", "\"registry/nothing\"" },
        { "$.notices[0].recipient", "notices/0/recipient", "\"nobody\"" },
        { "$.notices[0].fields", "notices/0/fields", "[]" },
        { "$.notices[0].fields", "notices/0/fields", """["shoeSize"]""" },
        { "$.notices[0].texts", "notices/0/texts", "{}" },
        { "$.agreements", "agreements/1/agreement/id", "\"housing-residence\"" },
        { "$.agreements[0].agreement.id", "agreements/0/agreement/id", "\"A B\"" },
        { "$.agreements[0].agreement.revision", "agreements/0/agreement/revision", "0" },
        { "$.agreements[0].agreement.basis", "agreements/0/agreement/basis", "\"\"" },
        { "$.agreements[0].agreement.scenario", "agreements/0/agreement/scenario", "\"\"" },
        { "$.agreements[0].agreement.mode", "agreements/0/agreement/mode", "\"None\"" },
        { "$.agreements[0].agreement.validTo", "agreements/0/agreement/validTo", "\"2026-01-01T00:00:00Z\"" },
        { "$.agreements[0].agreement.quota", "agreements/0/agreement/quota", """{"requests":0,"windowSeconds":60}""" },
        { "$.agreements[0].agreement.quota", "agreements/0/agreement/quota", """{"requests":1,"windowSeconds":0}""" },
        { "$.agreements[0].agreement.consumer", "agreements/0/agreement/consumer", "\"nobody\"" },
        { "$.agreements[0].agreement.provider", "agreements/0/agreement/provider", "\"centre\"" },
        { "$.agreements[0].agreement.dataset", "agreements/0/agreement/dataset", "\"registry/nothing\"" },
        { "$.agreements[1].agreement.dataset", "agreements/1/agreement/dataset", "\"registry/informants\"" },
        { "$.agreements[0].agreement.datasetRevision", "agreements/0/agreement/datasetRevision", "1" },
        { "$.agreements[0].agreement.clients", "agreements/0/agreement/clients", "[]" },
        { "$.agreements[0].agreement.clients", "agreements/0/agreement/clients", """["centre-system"]""" },
        { "$.agreements[0].agreement.grants", "agreements/0/agreement/grants", "[]" },
        { "$.agreements[1].agreement.grants[0].purpose", "agreements/1/agreement/grants/0/purpose", "\"none\"" },
        { "$.agreements[1].agreement.grants[0].obligations", "agreements/1/agreement/grants/0/obligations", """["sing-a-song"]""" },
        { "$.agreements[0].agreement.grants[0].fields", "agreements/0/agreement/grants/0/fields/1/name", "\"name\"" },
        { "$.agreements[0].agreement.grants[0].fields[0].name", "agreements/0/agreement/grants/0/fields/0/name", "\"shoeSize\"" },
        { "$.agreements[0].agreement.grants[0].fields[0].name", "agreements/0/agreement/grants/0/fields/0/name", "\"faith\"" },
        { "$.agreements[0].agreement.grants[0].fields[1].transform", "agreements/0/agreement/grants/0/fields/1/transform", "\"Full\"" },
        { "$.agreements[0].agreement.grants[0].fields[1].transform", "agreements/0/agreement/grants/0/fields/1/transform", "\"None\"" },
        { "$.agreements[0].agreement.grants[0].fields[2].rangeWidth", "agreements/0/agreement/grants/0/fields/2/rangeWidth", null },
        { "$.agreements[0].agreement.grants[0].fields[2].rangeWidth", "agreements/0/agreement/grants/0/fields/2/rangeWidth", "0" },
        { "$.agreements[0].agreement.grants[0].fields[0].rangeWidth", "agreements/0/agreement/grants/0/fields/0/rangeWidth", "5" },
        { "$.agreements[0].agreement.grants[0].fields[0].basis", "agreements/0/agreement/grants/0/fields/0/basis", "\"None\"" },
        { "$.agreements[0].agreement.grants[0].fields[0].citation", "agreements/0/agreement/grants/0/fields/0/citation", null },
        { "$.agreements[0].agreement.grants[0].fields[3].separateConsent", "agreements/0/agreement/grants/0/fields/3/separateConsent", "false" },
        { "$.agreements[1].suspendedBecause", "agreements/1/suspendedBecause", "\"\"" },
    };

    [Fact]
    public void The_test_file_has_no_fault() => Assert.Empty(FoundingFile.Validate(TestFounding.Signed().Read()));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_where_it_is(string path, string at, string? json)
    {
        var founding = new TestFounding();
        founding.Sign();
        Set(founding.Json, at, json);
        SignIfPossible(founding);

        var (document, faults) = FoundingFile.Read(founding.Bytes());

        Assert.Null(document);
        Assert.Contains(faults, fault => fault.Path == path);
        Assert.All(faults, fault => Assert.NotEmpty(fault.Message));
    }

    [Theory]
    [InlineData("purposes/0/retentionDays", "\"30\"")]
    [InlineData("datasets/0/shareClass", "1")]
    [InlineData("datasets/0/shareClass", "\"conditional\"")]
    [InlineData("datasets/0/fields/0/transforms", "\"Full, Mask\"")]
    [InlineData("datasets/0/fields/0/transforms", """["Full, Mask"]""")]
    [InlineData("datasets/0/fields/0/transforms", "[99]")]
    [InlineData("agreements/0/agreement/mode", "1")]
    [InlineData("agreements/0/agreement/grants/0/fields/0/basis", "3")]
    [InlineData("agreements/0/agreement/validFrom", "\"2026-01-01\"")]
    [InlineData("agreements/0/agreement/validFrom", "\"2026-01-01T00:00:00\"")]
    [InlineData("members/0/unknown", "1")]
    [InlineData("agreements/0/agreement/unknown", "1")]
    [InlineData("members/0/names", "null")]
    [InlineData("members", "[null]")]
    [InlineData("purposes/0/limits", """{"registry/residence":null}""")]
    [InlineData("members", null)]
    [InlineData("agreements/0/agreement/consumer", null)]
    public void What_is_not_of_the_right_shape_is_a_fault_and_no_exception(string at, string? json)
    {
        var founding = TestFounding.Signed();
        Set(founding.Json, at, json);
        var (document, faults) = FoundingFile.Read(founding.Bytes());
        Assert.Null(document);
        Assert.NotEmpty(faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"region":"\ud800"}""")]
    [InlineData("""{"region":"a","region":"b"}""")]
    public void What_is_no_document_is_a_fault(string json)
    {
        var (document, faults) = FoundingFile.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(document);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var founding = TestFounding.Signed();
        Set(founding.Json, "region", "\"A B\"");
        Set(founding.Json, "purposes/0/service", "\"\"");
        Set(founding.Json, "datasets/1/conditions", null);
        Set(founding.Json, "agreements/1/agreement/clients", "[]");

        var paths = FoundingFile.Read(founding.Bytes()).Faults.Select(fault => fault.Path);

        Assert.Equal(["$.region", "$.purposes[0].service", "$.datasets[1].conditions", "$.agreements[1].agreement.clients"], paths);
    }

    [Theory]
    [InlineData("2026-06-01T00:00:00Z", "2028-01-01T00:00:00Z", false)]
    [InlineData("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z", true)]
    public void Two_agreements_about_one_use_do_not_overlap(string from, string to, bool isFine)
    {
        var founding = TestFounding.Signed();
        var second = founding.Json["agreements"]![0]!.DeepClone();
        second["agreement"]!["id"] = "housing-again";
        second["agreement"]!["validFrom"] = from;
        second["agreement"]!["validTo"] = to;
        founding.Json["agreements"]!.AsArray().Add(second);
        founding.Sign();

        var faults = FoundingFile.Read(founding.Bytes()).Faults;

        Assert.Equal(isFine, faults.Count == 0);
        Assert.All(faults, fault => Assert.Equal("$.agreements[2].agreement.grants", fault.Path));
    }

    [Fact]
    public void An_entry_that_fits_no_leaf_is_a_fault()
    {
        var founding = TestFounding.Signed();
        founding.Json["notices"]![0]!["texts"]!["en"] = new string('x', FoundingFile.MaxRecordLength);
        var fault = Assert.Single(FoundingFile.Read(founding.Bytes()).Faults);
        Assert.Contains("notice.published", fault.Message, StringComparison.Ordinal);
    }

    private static void SignIfPossible(TestFounding founding)
    {
        try
        {
            founding.Sign();
        }
        catch (Exception exception) when (exception is KeyNotFoundException or NullReferenceException or InvalidOperationException)
        {
            // The fault is about who signs or what: it is found before signatures are looked at.
        }
    }

    private static void Set(JsonObject root, string at, string? json)
    {
        var steps = at.Split('/');
        JsonNode node = root;
        foreach (var step in steps[..^1])
        {
            node = (node is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node[step])!;
        }

        if (json is null)
        {
            node.AsObject().Remove(steps[^1]);
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(json);
        }
    }
}
