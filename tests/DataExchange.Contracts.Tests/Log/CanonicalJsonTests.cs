using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Tests.Log;

public sealed class CanonicalJsonTests
{
    /// <summary>A line of <c>vectors/jcs/documents.json</c>: the RFC's samples, and outputs of ECMAScript's own serializer.</summary>
    public sealed record DocumentVector(string Name, string Json, string Expected);

    /// <summary>A line of <c>vectors/jcs/numbers.json</c>: RFC 8785 appendix B; no expectation means refused.</summary>
    public sealed record NumberVector(string Ieee754, string? Expected);

    private static readonly Vectors<DocumentVector> Documents = new("jcs/documents.json", v => v.Name);
    private static readonly Vectors<NumberVector> Numbers = new("jcs/numbers.json", v => v.Ieee754);

    public static TheoryData<string> DocumentNames => Documents.Names;

    public static TheoryData<string> NumberNames => Numbers.Names;

    [Theory]
    [MemberData(nameof(DocumentNames))]
    public void Document_has_the_published_canonical_form(string name)
    {
        var vector = Documents[name];

        Assert.Equal(vector.Expected, Canonical(vector.Json));
        Assert.Equal(vector.Expected, Canonical(vector.Expected));
    }

    [Theory]
    [MemberData(nameof(NumberNames))]
    public void Number_is_written_as_appendix_B_says(string name)
    {
        var vector = Numbers[name];
        var value = BinaryPrimitives.ReadDoubleBigEndian(Convert.FromHexString(vector.Ieee754));
        var output = new ArrayBufferWriter<byte>();
        var writer = new CanonicalJsonWriter(output);

        if (vector.Expected is null)
        {
            Assert.Throws<FormatException>(() => writer.WriteNumberValue(value));
        }
        else
        {
            writer.WriteNumberValue(value);
            Assert.Equal(vector.Expected, Encoding.ASCII.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void Every_double_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
            double.Parse(Canonical(JsonSerializer.Serialize(value)), CultureInfo.InvariantCulture).Equals(value == 0 ? 0 : value));

    [Fact]
    public void Every_text_reads_back_as_itself() =>
        Gen.String.Where(IsUnicode).Sample(text => JsonSerializer.Deserialize<string>(Canonical(JsonSerializer.Serialize(text))) == text);

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"x":{"b":1,"c":2,"b":3}}""")]
    [InlineData("""["\ud83d"]""")]
    [InlineData("""["\ude02\ud83d"]""")]
    [InlineData("""{"\udead":1}""")]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("[NaN]")]
    [InlineData("[1] // comment")]
    public void What_has_no_canonical_form_is_refused(string json) => Assert.Throws<FormatException>(() => Canonical(json));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize([(byte)'"', 0xff, (byte)'"']));

    [Fact]
    public void Duplicate_names_are_refused_in_a_value_that_a_lenient_parser_let_through()
    {
        using var lenient = JsonDocument.Parse("""{"a":1,"b":2,"a":3}""");

        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(lenient.RootElement));
    }

    [Fact]
    public void Depth_is_limited_rather_than_the_stack_exhausted()
    {
        static string Nested(int levels) => new string('[', levels) + new string(']', levels);

        Assert.Equal(Nested(CanonicalJsonWriter.MaxDepth), Canonical(Nested(CanonicalJsonWriter.MaxDepth)));
        Assert.Throws<FormatException>(() => Canonical(Nested(CanonicalJsonWriter.MaxDepth + 1)));
        using var deep = JsonDocument.Parse(Nested(1_000), new JsonDocumentOptions { MaxDepth = 2_000 });
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(deep.RootElement));
    }

    [Fact]
    public void An_absent_value_is_refused() => Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(default(JsonElement)));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(json));

    private static bool IsUnicode(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
