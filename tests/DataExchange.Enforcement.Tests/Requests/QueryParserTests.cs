using System.Text;
using System.Text.Json;
using CsCheck;
using DataExchange.Contracts;
using DataExchange.Enforcement.Requests;

namespace DataExchange.Enforcement.Tests.Requests;

public sealed class QueryParserTests
{
    private const string Full =
        """
        {"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental",
         "fields":["name","address"],"case":"c-1","mandate":null,"breakGlass":"b-1"}
        """;

    [Fact]
    public void Every_member_is_read_in_any_order_and_spelling()
    {
        var query = QueryParser.Parse("""{"mandate":"m-1","fields":["na\u006de"],"p\u0075rpose":"rental","subject":{"value":"11010519491231002X","scheme":"cn-resident-id"},"case":"c-1","breakGlass":"b-1"}"""u8).Query;

        Assert.NotNull(query);
        Assert.Equal(("cn-resident-id", "11010519491231002X"), (query.Subject.Scheme, query.Subject.Value));
        Assert.Equal(("rental", "c-1", "m-1", "b-1"), (query.Purpose, query.Case, query.Mandate, query.BreakGlass));
        Assert.Equal(["name"], query.Fields);
    }

    [Theory]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"]}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X","x":1},"purpose":"rental","fields":["name"]}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id"},"purpose":"rental","fields":["name"]}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name",["address"]]}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"],"case":1}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"purpose":"rental","fields":["name"],}""")]
    [InlineData("""{"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},/**/"purpose":"rental","fields":["name"]}""")]
    public void Another_shape_is_malformed(string json) =>
        Assert.Equal("request-malformed", QueryParser.Parse(Encoding.UTF8.GetBytes(json)).Problem?.Code);

    [Fact]
    public void Problem_says_where_and_not_what()
    {
        var problem = QueryParser.Parse("{\"subject\":{\"scheme\":\"cn-resident-id\",\n\"value\":11010519491231002}}"u8).Problem;

        Assert.Equal("Not a query in strict JSON, near line 2, byte 26.", problem?.Detail);
    }

    // The library's reader, told to be strict, is the reference: whatever is cut, doubled or overwritten, both take it or neither does.
    [Fact]
    public void Takes_what_a_strict_deserializer_takes_and_nothing_else() =>
        Gen.Select(Gen.Int[0, Full.Length - 1], Gen.Int[0, 12], Gen.OneOf(Gen.Byte, Gen.OneOf("\"{}[],:n\\0 ".Select(c => Gen.Const((byte)c)).ToArray())), Gen.Int[0, 2])
            .Array[1, 3].Sample(
            changes =>
            {
                var json = Encoding.UTF8.GetBytes(Full);
                foreach (var (place, length, value, kind) in changes)
                {
                    json = Change(json, place % json.Length, length, value, kind);
                }

                var (expected, actual) = (Reference(json), QueryParser.Parse(json));
                Assert.Equal(expected.Problem?.Code, actual.Problem?.Code);
                Assert.Equal(Show(expected), Show(actual));
            },
            iter: 50_000);

    private static byte[] Change(byte[] json, int place, int length, byte value, int kind)
    {
        var end = Math.Min(json.Length, place + length);
        byte[] changed = kind switch
        {
            0 => [.. json[..place], value, .. json[Math.Min(json.Length, place + 1)..]],
            1 => [.. json[..place], .. json[end..]],
            _ => [.. json[..end], .. json[place..]],
        };
        return changed.Length == 0 ? [value] : changed;
    }

    private static RequestReading Reference(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContractsJsonContext.Default.RecordQuery) is { } query
                ? QueryRules.Check(query)
                : RequestReading.Refused(Contracts.Problems.ProblemSlugs.RequestMalformed, "");
        }
        catch (JsonException)
        {
            return RequestReading.Refused(Contracts.Problems.ProblemSlugs.RequestMalformed, "");
        }
    }

    private static string? Show(RequestReading reading) =>
        reading.Query is { } query ? JsonSerializer.Serialize(query, ContractsJsonContext.Default.RecordQuery) : null;
}
