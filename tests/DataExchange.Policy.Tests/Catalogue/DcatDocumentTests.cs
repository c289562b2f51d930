using System.Text.Json;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

public class DcatDocumentTests
{
    private const string Dcat = "http://www.w3.org/ns/dcat#";
    private const string Dct = "http://purl.org/dc/terms/";

    /// <summary>Terms of DCAT 3 (W3C Recommendation of 22 August 2024) and of the vocabularies that it takes terms from.</summary>
    private static readonly HashSet<string> Vocabulary =
    [
        .. new[]
        {
            "Catalog", "Dataset", "Distribution", "DataService", "dataset", "service", "distribution", "theme", "keyword", "version", "landingPage",
            "accessURL", "accessService", "mediaType", "endpointURL", "endpointDescription", "servesDataset",
        }.Select(term => Dcat + term),
        .. new[]
        {
            "title", "description", "identifier", "issued", "modified", "publisher", "accrualPeriodicity", "accessRights", "conformsTo", "rights",
            "Standard", "Frequency", "RightsStatement", "MediaType",
        }.Select(term => Dct + term),
        "http://xmlns.com/foaf/0.1/Agent", "http://xmlns.com/foaf/0.1/name", "http://xmlns.com/foaf/0.1/Document",
        "http://www.w3.org/2004/02/skos/core#Concept", "http://www.w3.org/2004/02/skos/core#notation",
        "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2000/01/rdf-schema#comment",
        "http://www.w3.org/2001/XMLSchema#dateTime",
        "https://w3id.org/dpv#hasPersonalData", "https://w3id.org/dpv#PersonalData", "https://w3id.org/dpv#SensitivePersonalData",
    ];

    /// <summary>What a property's value has to be, where DCAT says so.</summary>
    private static readonly Dictionary<string, string> Ranges = new()
    {
        [Dcat + "dataset"] = Dcat + "Dataset",
        [Dcat + "service"] = Dcat + "DataService",
        [Dcat + "distribution"] = Dcat + "Distribution",
        [Dcat + "theme"] = "http://www.w3.org/2004/02/skos/core#Concept",
        [Dct + "publisher"] = "http://xmlns.com/foaf/0.1/Agent",
        [Dct + "conformsTo"] = Dct + "Standard",
        [Dct + "rights"] = Dct + "RightsStatement",
    };

    private static readonly RegionSnapshot Rules = TestRegion.Founded.Publish(TestEntries.Complete)
        .Then(new DatasetDrafted(TestEntries.Complete with { Code = "housing/flats" }, TestEntries.Steward));

    private static readonly JsonElement Document = JsonElement.Parse(DcatDocument.Write(Rules));

    private static readonly Dictionary<string, string> Context = Document.GetProperty("@context").EnumerateObject().ToDictionary(prefix => prefix.Name, prefix => prefix.Value.GetString()!);

    [Fact]
    public void Every_term_is_one_of_the_vocabularies()
    {
        var used = new HashSet<string>();
        Visit(Document, used);
        Assert.Empty(used.Except(Vocabulary).Order());
        Assert.Empty(Vocabulary.Except(used).Order().Except([Dct + "Frequency"]));
    }

    [Fact]
    public void Every_published_dataset_is_described_and_no_other() => Assert.Equal(
        ["registry/informants", "registry/residence", "registry/vehicles"], Datasets().Select(dataset => dataset.GetProperty("dct:identifier").GetString()));

    [Fact]
    public void A_dataset_says_what_the_catalogue_says()
    {
        var dataset = Datasets().Single(dataset => dataset.GetProperty("dct:identifier").GetString() == "registry/vehicles");
        Assert.Equal("urn:data-exchange:dataset:test.example:registry:vehicles", dataset.GetProperty("@id").GetString());
        Assert.Equal("1", dataset.GetProperty("dcat:version").GetString());
        Assert.Equal("urn:data-exchange:member:test.example:registry", IdOf(dataset, "dct:publisher"));
        Assert.Equal("http://publications.europa.eu/resource/authority/frequency/DAILY", IdOf(dataset, "dct:accrualPeriodicity"));
        Assert.Equal("http://publications.europa.eu/resource/authority/access-right/RESTRICTED", IdOf(dataset, "dct:accessRights"));
        Assert.Equal("/v1/catalogue/registry/vehicles/revisions/1/schema", IdOf(dataset, "dct:conformsTo"));
        Assert.Equal("/v1/records/registry/vehicles/query", IdOf(dataset.GetProperty("dcat:distribution"), "dcat:accessURL"));
        Assert.Contains(dataset.GetProperty("dct:title").EnumerateArray(), title => title.GetProperty("@language").GetString() == "zh" && title.GetProperty("@value").GetString() == "车辆登记");
        Assert.Contains(dataset.GetProperty("dct:rights").EnumerateArray(), right => right.GetProperty("rdfs:label").GetString() == "statutory-duty");
        Assert.Equal(
            [("dpv-pd:VehicleLicenseNumber", "dpv:PersonalData"), ("dpv-pd:VehicleData", "dpv:PersonalData"), ("dpv-pd:Financial", "dpv:SensitivePersonalData")],
            dataset.GetProperty("dpv:hasPersonalData").EnumerateArray().Select(data => (data.GetProperty("@id").GetString()!, data.GetProperty("@type").GetString()!)));
        Assert.Equal(TestEntries.Later, dataset.GetProperty("dct:modified").GetProperty("@value").GetDateTimeOffset());
    }

    [Fact]
    public void What_is_prohibited_is_listed_and_cannot_be_reached()
    {
        var dataset = Datasets().Single(dataset => dataset.GetProperty("dct:identifier").GetString() == "registry/informants");
        Assert.EndsWith("NON_PUBLIC", IdOf(dataset, "dct:accessRights"), StringComparison.Ordinal);
        Assert.False(dataset.TryGetProperty("dcat:distribution", out _));
        Assert.DoesNotContain(
            Document.GetProperty("dcat:service").GetProperty("dcat:servesDataset").EnumerateArray(), served => served.GetProperty("@id").GetString() == dataset.GetProperty("@id").GetString());
    }

    [Fact]
    public void An_unknown_frequency_is_named_in_words()
    {
        var document = JsonElement.Parse(DcatDocument.Write(TestRegion.Founded.Publish(TestEntries.Complete with { UpdateFrequency = "every other day" })));
        Assert.Contains(document.GetProperty("dcat:dataset").EnumerateArray(), dataset =>
            dataset.GetProperty("dct:accrualPeriodicity") is var frequency && frequency.TryGetProperty("rdfs:label", out var label) && label.GetString() == "every other day");
    }

    [Fact]
    public void The_same_rules_give_the_same_bytes() => Assert.Equal(DcatDocument.Write(Rules), DcatDocument.Write(Rules));

    private static List<JsonElement> Datasets() => [.. Document.GetProperty("dcat:dataset").EnumerateArray()];

    private static string? IdOf(JsonElement node, string property) => node.GetProperty(property).GetProperty("@id").GetString();

    /// <summary>Walks the document as a JSON-LD processor does: keywords stay, everything else expands by the context.</summary>
    private static void Visit(JsonElement node, HashSet<string> used)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Visit(item, used);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in node.EnumerateObject().Where(member => member.Name != "@context"))
            {
                if (!member.Name.StartsWith('@'))
                {
                    var property = Expand(member.Name);
                    used.Add(property);
                    foreach (var value in member.Value.ValueKind == JsonValueKind.Array ? [.. member.Value.EnumerateArray()] : new[] { member.Value })
                    {
                        Assert.True(!Ranges.TryGetValue(property, out var range) || Expand(value.GetProperty("@type").GetString()!) == range, $"{property} holds {value}");
                    }
                }
                else if (member.Name == "@type")
                {
                    used.Add(Expand(member.Value.GetString()!));
                }
                else
                {
                    Assert.Contains(member.Name, new[] { "@id", "@value", "@language" });
                }

                Visit(member.Value, used);
            }
        }
    }

    private static string Expand(string compact) => compact.Split(':', 2) is [var prefix, var term] ? Context[prefix] + term : throw new FormatException($"'{compact}' has no prefix.");
}
