using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Catalogue;

/// <summary>
/// The published catalogue as DCAT 3 in JSON-LD 1.1, with what the European application profile asks for where the catalogue has it.
/// Entries are named by URNs; what the gateway serves by paths, which a reader resolves against the address it got the document from.
/// </summary>
public static class DcatDocument
{
    /// <summary>Media type of JSON-LD.</summary>
    public const string MediaType = "application/ld+json";

    private const string MediaTypes = "https://www.iana.org/assignments/media-types/";
    private const string Frequencies = "http://publications.europa.eu/resource/authority/frequency/";
    private const string AccessRights = "http://publications.europa.eu/resource/authority/access-right/";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Prefix, string Namespace)[] Context =
    [
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dct", "http://purl.org/dc/terms/"),
        ("dpv", "https://w3id.org/dpv#"),
        ("dpv-pd", "https://w3id.org/dpv/pd#"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    /// <summary>The catalogue, UTF-8. The same rules give the same bytes.</summary>
    public static byte[] Write(RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var published = rules.Catalogue.Where(entry => entry.Published is not null).ToList();
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            foreach (var (prefix, @namespace) in Context)
            {
                json.WriteString(prefix, @namespace);
            }

            json.WriteEndObject();
            json.WriteString("@id", $"urn:data-exchange:catalogue:{rules.Region}");
            json.WriteString("@type", "dcat:Catalog");
            WriteTexts(json, "dct:title", new() { ["en"] = $"Catalogue of {rules.Region}", ["zh"] = $"{rules.Region} 政务数据目录" });
            if ((rules.Members.FirstOrDefault(member => member.DataAuthority) ?? rules.Members.MinBy(member => member.Code, StringComparer.Ordinal)) is { } publisher)
            {
                WritePublisher(json, rules.Region, publisher);
            }

            if (published.Count > 0)
            {
                WriteTime(json, "dct:modified", published.Max(entry => entry.Revisions[^1].At));
            }

            json.WriteStartArray("dcat:dataset");
            foreach (var entry in published)
            {
                WriteDataset(json, rules, entry);
            }

            json.WriteEndArray();
            WriteService(json, rules.Region, published);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void WriteDataset(Utf8JsonWriter json, RegionSnapshot rules, CatalogueEntry entry)
    {
        var dataset = entry.Published!;
        json.WriteStartObject();
        json.WriteString("@id", IdOf(rules.Region, dataset));
        json.WriteString("@type", "dcat:Dataset");
        json.WriteString("dct:identifier", dataset.Code);
        WriteTexts(json, "dct:title", dataset.Names);
        WriteTexts(json, "dct:description", dataset.Descriptions ?? dataset.Names);
        if (rules.FindMember(dataset.ProviderCode()) is { } provider)
        {
            WritePublisher(json, rules.Region, provider);
        }

        json.WriteString("dcat:version", dataset.Revision.ToString(CultureInfo.InvariantCulture));
        WriteTime(json, "dct:issued", entry.Revisions[0].At);
        WriteTime(json, "dct:modified", entry.Revisions[^1].At);
        WriteFrequency(json, dataset.UpdateFrequency);
        WriteTheme(json, dataset.Theme);
        WriteKeywords(json, dataset);
        // Nothing here is for the public: it is shared between departments, or not at all.
        WriteReference(json, "dct:accessRights", AccessRights + (dataset.ShareClass == ShareClass.Prohibited ? "NON_PUBLIC" : "RESTRICTED"));
        WriteRights(json, dataset);
        WriteReference(json, "dct:conformsTo", $"/v1/catalogue/{dataset.Code}/revisions/{dataset.Revision}/schema", "dct:Standard");
        WriteReference(json, "dcat:landingPage", $"/v1/catalogue/{dataset.Code}", "foaf:Document");
        WritePersonalData(json, dataset);
        WriteDistribution(json, rules.Region, dataset);
        json.WriteEndObject();
    }

    private static void WriteFrequency(Utf8JsonWriter json, string frequency)
    {
        var known = frequency.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
        {
            "REALTIME" or "CONTINUOUS" => "UPDATE_CONT",
            "HOURLY" => "HOURLY",
            "DAILY" => "DAILY",
            "WEEKLY" => "WEEKLY",
            "MONTHLY" => "MONTHLY",
            "QUARTERLY" => "QUARTERLY",
            "YEARLY" or "ANNUAL" or "ANNUALLY" => "ANNUAL",
            "IRREGULAR" => "IRREG",
            _ => null,
        };
        if (known is not null)
        {
            WriteReference(json, "dct:accrualPeriodicity", Frequencies + known);
            return;
        }

        json.WriteStartObject("dct:accrualPeriodicity");
        json.WriteString("@type", "dct:Frequency");
        json.WriteString("rdfs:label", frequency);
        json.WriteEndObject();
    }

    private static void WriteTheme(Utf8JsonWriter json, string? theme)
    {
        if (theme is not null)
        {
            json.WriteStartObject("dcat:theme");
            json.WriteString("@id", $"urn:data-exchange:theme:{theme}");
            json.WriteString("@type", "skos:Concept");
            json.WriteString("skos:notation", theme);
            json.WriteEndObject();
        }
    }

    private static void WriteKeywords(Utf8JsonWriter json, Dataset dataset)
    {
        var keywords = dataset.Fields.SelectMany(field => field.Names ?? Enumerable.Empty<KeyValuePair<string, string>>()).Distinct().ToList();
        if (keywords.Count > 0)
        {
            json.WriteStartArray("dcat:keyword");
            foreach (var (language, text) in keywords)
            {
                WriteText(json, language, text);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Share class, level and grade, then each condition or the citation that prohibits, and the conditions of use.</summary>
    private static void WriteRights(Utf8JsonWriter json, Dataset dataset)
    {
        json.WriteStartArray("dct:rights");
        WriteStatement(dataset.ShareClass.ToString(), null, dataset.Prohibition ?? dataset.Conditions);
        WriteStatement(dataset.Grade is { } grade ? $"{dataset.Classification} ({grade})" : dataset.Classification, null, null);
        foreach (var condition in dataset.ShareConditions ?? [])
        {
            WriteStatement(condition.Code, condition.Names, condition.Citation);
        }

        if (dataset.ConditionsOfUse is { } use)
        {
            WriteStatement("use", use, null);
        }

        json.WriteEndArray();

        void WriteStatement(string label, LocalizedText? text, string? plain)
        {
            json.WriteStartObject();
            json.WriteString("@type", "dct:RightsStatement");
            json.WriteString("rdfs:label", label);
            if (text is not null)
            {
                WriteTexts(json, "dct:description", text);
            }

            if (plain is not null)
            {
                json.WriteString("rdfs:comment", plain);
            }

            json.WriteEndObject();
        }
    }

    private static void WritePersonalData(Utf8JsonWriter json, Dataset dataset)
    {
        var personal = dataset.Fields.Where(field => field.IsPersonal()).GroupBy(field => field.Category, StringComparer.Ordinal).ToList();
        if (personal.Count == 0)
        {
            return;
        }

        json.WriteStartArray("dpv:hasPersonalData");
        foreach (var category in personal)
        {
            json.WriteStartObject();
            json.WriteString("@id", category.Key);
            json.WriteString("@type", category.Any(field => field.Sensitive) ? "dpv:SensitivePersonalData" : "dpv:PersonalData");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDistribution(Utf8JsonWriter json, string region, Dataset dataset)
    {
        if (dataset.ShareClass == ShareClass.Prohibited)
        {
            return;
        }

        json.WriteStartObject("dcat:distribution");
        json.WriteString("@type", "dcat:Distribution");
        WriteReference(json, "dcat:accessURL", $"/v1/records/{dataset.Code}/query");
        WriteReference(json, "dcat:accessService", $"urn:data-exchange:service:{region}");
        WriteReference(json, "dcat:mediaType", MediaTypes + "application/json", "dct:MediaType");
        json.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter json, string region, List<CatalogueEntry> published)
    {
        json.WriteStartObject("dcat:service");
        json.WriteString("@id", $"urn:data-exchange:service:{region}");
        json.WriteString("@type", "dcat:DataService");
        WriteTexts(json, "dct:title", new() { ["en"] = "Records on request, under an agreement", ["zh"] = "按共享协议查询" });
        WriteReference(json, "dcat:endpointURL", "/v1/records");
        WriteReference(json, "dcat:endpointDescription", "/openapi/v1.json");
        json.WriteStartArray("dcat:servesDataset");
        foreach (var entry in published.Where(entry => entry.Published!.ShareClass != ShareClass.Prohibited))
        {
            json.WriteStartObject();
            json.WriteString("@id", IdOf(region, entry.Published!));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePublisher(Utf8JsonWriter json, string region, Member member)
    {
        json.WriteStartObject("dct:publisher");
        json.WriteString("@id", $"urn:data-exchange:member:{region}:{member.Code}");
        json.WriteString("@type", "foaf:Agent");
        WriteTexts(json, "foaf:name", member.Names);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string property, LocalizedText text)
    {
        json.WriteStartArray(property);
        foreach (var (language, value) in text.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            WriteText(json, language, value);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string language, string value)
    {
        json.WriteStartObject();
        json.WriteString("@language", language);
        json.WriteString("@value", value);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string property, DateTimeOffset at)
    {
        json.WriteStartObject(property);
        json.WriteString("@type", "xsd:dateTime");
        json.WriteString("@value", at);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string property, string id, string? type = null)
    {
        json.WriteStartObject(property);
        json.WriteString("@id", id);
        if (type is not null)
        {
            json.WriteString("@type", type);
        }

        json.WriteEndObject();
    }

    private static string IdOf(string region, Dataset dataset) => $"urn:data-exchange:dataset:{region}:{dataset.Code.Replace('/', ':')}";
}
