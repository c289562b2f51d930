using System.Buffers;
using System.Text;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Tests.Log;

public sealed class CanonicalJsonWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly CanonicalJsonWriter _writer;

    public CanonicalJsonWriterTests() => _writer = new CanonicalJsonWriter(_output);

    [Fact]
    public void What_is_written_in_order_is_canonical()
    {
        _writer.WriteStartObject();
        _writer.WriteBase64String("bytes", [0xff, 0xfe]);
        _writer.WriteStrings("fields", ["姓名", "a\"b"]);
        _writer.WriteBoolean("lenient", false);
        _writer.WriteStringIfPresent("mandate", null);
        _writer.WriteStringIfPresent("nation", "zh");
        _writer.WriteNumber("size", 9_007_199_254_740_991);
        _writer.WritePropertyName("subject");
        _writer.WriteStartObject();
        _writer.WriteString("scheme", "cn-resident-id");
        _writer.WriteEndObject();
        _writer.WritePropertyName("withheld");
        _writer.WriteCanonicalValue("[1,null]"u8);
        _writer.WritePropertyName("z");
        _writer.WriteNullValue();
        _writer.WriteEndObject();

        const string expected = """{"bytes":"//4=","fields":["姓名","a\"b"],"lenient":false,"nation":"zh","size":9007199254740991,"subject":{"scheme":"cn-resident-id"},"withheld":[1,null],"z":null}""";
        Assert.Equal(expected, Text);
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Text)));
        Assert.True(_writer.IsComplete);
    }

    [Fact]
    public void Names_out_of_order_are_refused()
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("b", 1);

        Assert.Throws<InvalidOperationException>(() => _writer.WritePropertyName("a"));
    }

    [Fact]
    public void Order_is_by_code_unit_and_not_by_code_point()
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("\U0001F600", 1);

        _writer.WriteNumber("\uFB33", 2); // a higher code unit than the emoji's first, a lower code point
    }

    [Fact]
    public void A_name_stands_once()
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("a", 1);

        Assert.Throws<FormatException>(() => _writer.WritePropertyName("a"));
    }

    [Theory]
    [InlineData(9_007_199_254_740_992)]
    [InlineData(-9_007_199_254_740_992)]
    [InlineData(long.MinValue)]
    public void Integers_that_a_double_cannot_tell_apart_are_refused(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.WriteNumberValue(value));

    [Fact]
    public void Lone_surrogates_are_refused() => Assert.Throws<FormatException>(() => _writer.WriteStringValue("\ud83d"));

    [Fact]
    public void Only_well_formed_json_can_be_written()
    {
        Assert.Throws<InvalidOperationException>(() => _writer.WritePropertyName("a"));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndObject);
        _writer.WriteStartObject();
        Assert.Throws<InvalidOperationException>(_writer.WriteNullValue);
        Assert.Throws<InvalidOperationException>(_writer.WriteEndArray);
        _writer.WritePropertyName("a");
        Assert.Throws<InvalidOperationException>(() => _writer.WritePropertyName("b"));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndObject);
        _writer.WriteNullValue();
        Assert.False(_writer.IsComplete);
        _writer.WriteEndObject();
        Assert.True(_writer.IsComplete);
        Assert.Throws<InvalidOperationException>(_writer.WriteNullValue);
    }

    private string Text => Encoding.UTF8.GetString(_output.WrittenSpan);
}
