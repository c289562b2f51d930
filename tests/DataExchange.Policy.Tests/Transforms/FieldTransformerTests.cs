using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Transforms;

namespace DataExchange.Policy.Tests.Transforms;

public class FieldTransformerTests
{
    [Theory]
    [InlineData("\"张三丰\"")]
    [InlineData("\"\"")]
    [InlineData("\"a\\u0022b\\\\\"", "\"a\\\"b\\\\\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"😀\"")]
    [InlineData("\"\\u5f20\"", "\"张\"")]
    [InlineData("12345678901234567890.10")]
    [InlineData("-0")]
    [InlineData("1E400")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    public void Full_is_the_value_to_the_last_digit(string value, string? expected = null) => Assert.Equal(expected ?? value, Write(value, FieldTransform.Full));

    [Theory]
    [InlineData("", "")]
    [InlineData("张", "*")]
    [InlineData("张三", "张*")]
    [InlineData("张三丰", "张**")]
    [InlineData("欧阳修之", "欧**之")]
    [InlineData("𠮷", "*")]
    [InlineData("𠮷野家", "𠮷**")]
    [InlineData("吉野😀𠮷", "吉**𠮷")]
    [InlineData("11010519491231002X", "110*************2X")]
    [InlineData("👨‍👩‍👧", "👨***👧")]
    public void Mask_keeps_the_outermost_characters_and_tears_none(string value, string expected) =>
        Assert.Equal($"\"{expected}\"", Write($"\"{value}\"", FieldTransform.Mask));

    [Fact]
    public void A_mask_always_hides_something_and_never_changes_the_length() => Gen.String.Where(value => !value.Any(char.IsSurrogate)).Sample(value =>
    {
        var masked = FieldTransformer.Mask(value);
        Assert.Equal(value.Length, masked.Length);
        Assert.True(value.Length == 0 || masked.Contains('*'));
        Assert.All(value.Zip(masked), pair => Assert.True(pair.Second == '*' || pair.Second == pair.First));
    });

    [Theory]
    [InlineData("7500", 5000, "[5000,10000)")]
    [InlineData("5000", 5000, "[5000,10000)")]
    [InlineData("9999.99", 5000, "[5000,10000)")]
    [InlineData("0", 5000, "[0,5000)")]
    [InlineData("-1", 5000, "[-5000,0)")]
    [InlineData("-5000", 5000, "[-5000,0)")]
    [InlineData("9223372036854775807", 10, "[9223372036854775800,9223372036854775810)")]
    [InlineData("1e3", 1000, "[1000,2000)")]
    public void Range_is_the_half_open_band(string value, int width, string expected) =>
        Assert.Equal($"\"{expected}\"", Write(value, FieldTransform.Range, width));

    [Fact]
    public void A_number_lies_in_its_band() => Gen.Select(Gen.Decimal[-1_000_000, 1_000_000], Gen.Int[1, 100_000]).Sample((value, width) =>
    {
        var band = FieldTransformer.Band(value, width).Trim('[', ')').Split(',').Select(decimal.Parse).ToArray();
        Assert.True(band[0] <= value && value < band[1] && band[1] - band[0] == width && band[0] % width == 0);
    });

    [Theory]
    [InlineData("\"1949-12-31\"", "1949")]
    [InlineData("\"2000-02-29\"", "2000")]
    public void YearOnly_is_the_year(string value, string expected) => Assert.Equal(expected, Write(value, FieldTransform.YearOnly));

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "false")]
    [InlineData("\"\"", "true")]
    [InlineData("0", "true")]
    public void Boolean_is_whether_there_is_a_value(string value, string expected) => Assert.Equal(expected, Write(value, FieldTransform.Boolean));

    [Theory]
    [InlineData(FieldTransform.Full)]
    [InlineData(FieldTransform.Mask)]
    [InlineData(FieldTransform.YearOnly)]
    [InlineData(FieldTransform.Range)]
    public void No_value_stays_no_value(FieldTransform transform) => Assert.Equal("null", Write("null", transform, 10));

    [Theory]
    [InlineData(FieldTransform.Full, "\"\\ud800\"")]
    [InlineData(FieldTransform.Full, "\"\\udc00\\ud800\"")]
    [InlineData(FieldTransform.Full, "{}")]
    [InlineData(FieldTransform.Full, "[]")]
    [InlineData(FieldTransform.Mask, "\"\\ud800\"")]
    [InlineData(FieldTransform.Mask, "12")]
    [InlineData(FieldTransform.YearOnly, "\"1949-02-29\"")]
    [InlineData(FieldTransform.YearOnly, "\"31.12.1949\"")]
    [InlineData(FieldTransform.YearOnly, "1949")]
    [InlineData(FieldTransform.Range, "\"7500\"")]
    [InlineData(FieldTransform.Range, "true")]
    [InlineData(FieldTransform.Range, "1e300")]
    [InlineData(FieldTransform.Range, "79228162514264337593543950335")]
    public void A_value_that_does_not_suit_is_a_format_error_and_nothing_else(FieldTransform transform, string value) =>
        Assert.Throws<FormatException>(() => Write(value, transform, 10));

    [Fact]
    public void Broken_utf8_is_a_format_error() => Assert.Throws<FormatException>(() => Write([(byte)'"', 0xC3, 0x28, (byte)'"'], FieldTransform.Full));

    [Theory]
    [InlineData(FieldTransform.None)]
    [InlineData((FieldTransform)99)]
    public void Without_a_transform_nothing_leaves(FieldTransform transform)
    {
        Assert.Throws<InvalidOperationException>(() => Write("1", transform));
        Assert.Throws<InvalidOperationException>(() => Write("null", transform));
    }

    private static string Write(string json, FieldTransform transform, int? width = null) => Write(Encoding.UTF8.GetBytes(json), transform, width);

    private static string Write(byte[] json, FieldTransform transform, int? width = null)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            FieldTransformer.Write(ref reader, new PermittedField("f", FieldType.String, transform, width, LegalBasis.StatutoryDuty, null), writer);
        }

        // Which characters the encoder escapes is not the transformer's business; both spellings are one text.
        return Encoding.UTF8.GetString(output.WrittenSpan).Contains("\\u", StringComparison.Ordinal)
            ? $"\"{JsonDocument.Parse(output.WrittenMemory).RootElement.GetString()}\""
            : Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
