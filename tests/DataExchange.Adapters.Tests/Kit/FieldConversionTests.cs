using System.Buffers;
using System.Text;
using System.Text.Json;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>What a back end holds becomes exactly what the mapping says, or nothing.</summary>
public class FieldConversionTests
{
    [Theory]
    [InlineData(FieldType.Text, null, " a ", "\" a \"")]
    [InlineData(FieldType.Integer, null, "-42", "-42")]
    [InlineData(FieldType.Integer, null, "9007199254740991", "9007199254740991")]
    [InlineData(FieldType.Integer, null, "9007199254740992", null)]
    [InlineData(FieldType.Integer, null, "1.5", null)]
    [InlineData(FieldType.Integer, null, "1e3", null)]
    [InlineData(FieldType.Integer, null, "1,000", null)]
    [InlineData(FieldType.Integer, null, " 1", null)]
    [InlineData(FieldType.Integer, null, "０", null)]
    [InlineData(FieldType.Integer, null, "", null)]
    [InlineData(FieldType.Number, null, "0.10", "0.10")]
    [InlineData(FieldType.Number, null, "NaN", null)]
    [InlineData(FieldType.Number, null, "99999999999999999999999999999", null)]
    [InlineData(FieldType.Boolean, null, "true", "true")]
    [InlineData(FieldType.Boolean, null, "0", "false")]
    [InlineData(FieldType.Boolean, null, "True", null)]
    [InlineData(FieldType.Boolean, "是|否", "是", "true")]
    [InlineData(FieldType.Boolean, "是|否", "否", "false")]
    [InlineData(FieldType.Boolean, "是|否", "true", null)]
    [InlineData(FieldType.Date, null, "2000-02-29", "\"2000-02-29\"")]
    [InlineData(FieldType.Date, null, "1900-02-29", null)]
    [InlineData(FieldType.Date, null, "2000-2-9", null)]
    [InlineData(FieldType.Date, "yyyyMMdd", "20000229", "\"2000-02-29\"")]
    [InlineData(FieldType.Date, "yyyy年M月d日", "2000年2月29日", "\"2000-02-29\"")]
    [InlineData(FieldType.Date, "yyyyMMdd", "2000-02-29", null)]
    public void A_text_is_read_by_type_and_format(FieldType type, string? format, string text, string? json)
    {
        var read = FieldConversion.TryFromText(new FieldMap("field", "from", type, format), text, out var value);
        Assert.Equal(json, read ? Json(value) : null);
    }

    public static TheoryData<FieldType, object?, string?> Objects => new()
    {
        { FieldType.Integer, null, "null" },
        { FieldType.Integer, DBNull.Value, "null" },
        { FieldType.Integer, (sbyte)-1, "-1" },
        { FieldType.Integer, ulong.MaxValue, null },
        { FieldType.Integer, 12.0, "12" },
        { FieldType.Integer, 12.5m, null },
        { FieldType.Integer, true, null },
        { FieldType.Number, 0.1, "0.1" },
        { FieldType.Number, 0.1f, "0.1" },
        { FieldType.Number, 1e-7, "0.0000001" },
        { FieldType.Number, double.NaN, null },
        { FieldType.Number, double.MaxValue, null },
        { FieldType.Number, 12345.60m, "12345.60" },
        { FieldType.Boolean, true, "true" },
        { FieldType.Boolean, (byte)1, "true" },
        { FieldType.Boolean, 0L, "false" },
        { FieldType.Boolean, 2, null },
        { FieldType.Date, new DateTime(2000, 2, 29, 13, 0, 0), "\"2000-02-29\"" },
        { FieldType.Date, new DateOnly(1, 1, 1), "\"0001-01-01\"" },
        { FieldType.Date, 20000229, null },
        { FieldType.Text, 42L, "\"42\"" },
        { FieldType.Text, new DateTime(2000, 2, 29), null },
        { FieldType.Text, new byte[] { 1 }, null },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_drivers_value_is_read_by_type(FieldType type, object? raw, string? json)
    {
        var read = FieldConversion.TryFromObject(new FieldMap("field", "from", type), raw, out var value);
        Assert.Equal(json, read ? Json(value) : null);
    }

    [Fact]
    public void A_value_does_not_show_in_a_text_of_itself() => Assert.Equal("Text", FieldValue.Text("张三").ToString());

    private static string Json(FieldValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
