using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Transforms;

namespace DataExchange.Policy.Tests.Catalogue;

public class DatasetSchemaTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(DatasetSchema.Write(TestEntries.Complete));

    [Fact]
    public void It_says_which_revision_it_is_of()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema.GetProperty("$schema").GetString());
        Assert.Equal("urn:data-exchange:schema:registry:vehicles:1", Schema.GetProperty("$id").GetString());
        Assert.Equal(TestEntries.Complete.Fields.Select(field => field.Name), Schema.GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void The_same_revision_has_the_same_bytes() => Assert.Equal(
        """{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:data-exchange:schema:registry:informants:1","title":"举报人 / Informants","type":"object","properties":{"name":{"$comment":"dpv-pd:Name","type":"string","maxLength":200}},"minProperties":1,"additionalProperties":false}""",
        Encoding.UTF8.GetString(DatasetSchema.Write(Fixture.TestRegion.Document.Datasets[1])));

    [Fact]
    public void Whatever_a_transform_makes_of_a_value_fits()
    {
        var released = TestEntries.Complete.Fields.SelectMany(field => field.Transforms.Select(transform => (Field: field, Transform: transform))).ToArray();
        Gen.Select(Gen.Int[0, released.Length - 1], Gen.UInt, Gen.Bool).Sample((index, seed, isNull) =>
        {
            var (field, transform) = released[index];
            var value = field.Nullable && isNull ? "null" : ValueOf(field, seed);
            var record = $$"""{"{{field.Name}}":{{Release(value, field, transform)}}}""";
            return Fits(JsonElement.Parse(record), Schema);
        });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""{"plate":null}""")]
    [InlineData("""{"plate":7}""")]
    [InlineData("""{"plate":"12345678901"}""")]
    [InlineData("""{"registeredOn":"1 June 2026"}""")]
    [InlineData("""{"registeredOn":12345}""")]
    [InlineData("""{"power":9007199254740992}""")]
    [InlineData("""{"power":1.5}""")]
    [InlineData("""{"power":"[5000,10000]"}""")]
    [InlineData("""{"pledged":"yes"}""")]
    [InlineData("""{"pledged":null}""")]
    public void What_is_no_released_record_does_not_fit(string record) => Assert.False(Fits(JsonElement.Parse(record), Schema));

    [Fact]
    public void A_transform_that_releases_nothing_has_no_schema() => Assert.Throws<InvalidOperationException>(() =>
        DatasetSchema.Write(TestEntries.Complete.WithField("plate", field => field with { Transforms = [FieldTransform.None] })));

    private static string ValueOf(DatasetField field, uint seed) => field.Type switch
    {
        FieldType.String => JsonSerializer.Serialize(string.Concat(Enumerable.Repeat(seed % 2 == 0 ? "京" : "😀", (int)(seed % (uint)(field.MaxLength + 1))))),
        FieldType.Date => $"\"{DateOnly.FromDayNumber((int)(seed % (uint)DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\"",
        FieldType.Integer => ((long)seed - 2_000_000_000).ToString(CultureInfo.InvariantCulture),
        FieldType.Number => ((seed - 2_000_000_000m) / 7).ToString(CultureInfo.InvariantCulture),
        _ => seed % 2 == 0 ? "true" : "false",
    };

    private static string Release(string value, DatasetField field, FieldTransform transform)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
        reader.Read();
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            FieldTransformer.Write(ref reader, new PermittedField(field.Name, field.Type, transform, 5_000, LegalBasis.StatutoryDuty, null), writer);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The keywords that are used, by JSON Schema 2020-12; an unknown one fails the test.</summary>
    private static bool Fits(JsonElement value, JsonElement schema) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "$schema" or "$id" or "$comment" or "title" or "description" or "format" => true,
        "type" => (keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().ToList() : [keyword.Value]).Exists(type => Is(value, type.GetString()!)),
        "anyOf" => keyword.Value.EnumerateArray().Any(option => Fits(value, option)),
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= keyword.Value.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= keyword.Value.GetDecimal(),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= keyword.Value.GetInt32(),
        "properties" => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(member => !keyword.Value.TryGetProperty(member.Name, out var property) || Fits(member.Value, property)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
        _ => throw new InvalidOperationException($"The test does not know the keyword '{keyword.Name}'."),
    });

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"The test does not know the type '{type}'."),
    };
}
