using System.Text;
using DataExchange.Adapters.Files;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Files;

/// <summary>A file that is not whole or not as configured is refused whole, whatever is wrong with it, and says so by a stable code.</summary>
public sealed class RefusedFileTests : IDisposable
{
    private static readonly string Good = DropFolder.Csv([Register.Known, Register.Awkward]);
    private static readonly string KnownRow = DropFolder.Row(Register.Known);

    private static readonly Dictionary<string, (string Code, byte[] Content)> Spoiled = new()
    {
        ["nothing in it"] = ("header", []),
        ["no heading"] = ("header", Bytes(KnownRow + "\n")),
        ["a heading that is missing"] = ("header", Bytes(Good.Replace("income", "salary", StringComparison.Ordinal))),
        ["a heading that stands twice"] = ("header", Bytes(Good.Replace("unmapped", "income", StringComparison.Ordinal))),
        ["a row of fewer cells"] = ("columns", Bytes(Good + "110105198001010016,王五\n")),
        ["a row of more cells"] = ("columns", Bytes(Good + KnownRow.Replace("1231002X", "1231002Y", StringComparison.Ordinal) + ",more\n")),
        ["a blank line"] = ("columns", Bytes(Good + "\n")),
        ["one subject twice"] = ("duplicate", Bytes(Good + KnownRow + "\n")),
        ["a row without a number"] = ("no-key", Bytes(Good + KnownRow[18..] + "\n")),
        ["a date that is none"] = ("value", Bytes(Good.Replace("19491231,", "19490231,", StringComparison.Ordinal))),
        ["a number that is none"] = ("value", Bytes(Good.Replace("12345.60", "12,345.60", StringComparison.Ordinal).Replace("12,345.60", "\"12,345.60\"", StringComparison.Ordinal))),
        ["a word for truth that nobody agreed"] = ("value", Bytes(Good.Replace("是", "对", StringComparison.Ordinal))),
        ["a quote in the wrong place"] = ("quoting", Bytes(Good + "110105198001010016,王\"五,,,,,,,\n")),
        ["a quote that is never closed"] = ("quoting", Bytes(Good + "110105198001010016,\"王五,,,,,,,\n")),
        ["GB 18030 where UTF-8 is configured"] = ("encoding", FileEncodings.Gb18030.GetBytes(Good)),
        ["bytes of no encoding in a column that is not mapped"] = ("encoding", [.. Bytes(Good[..^8]), 0xFF, .. Bytes(Good[^8..])]),
        ["UTF-16"] = ("encoding", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)]),
        ["space set aside and not written"] = ("nul", [.. Bytes(Good), .. Bytes(KnownRow.Replace("张三", "\0\0", StringComparison.Ordinal) + "\n")]),
        ["the last row cut off"] = ("columns", Bytes(Good[..^20])),
        ["the last cell cut off"] = ("cut-off", Bytes(Good[..^4])),
        ["more than is allowed"] = ("too-large", new byte[(1 << 20) + 1]),
    };

    private readonly DropFolder _folder = new();

    public static TheoryData<string> Spoils => [.. Spoiled.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Spoils))]
    public async Task A_spoiled_file_is_refused_whole_and_the_reason_shows(string spoil)
    {
        var (code, content) = Spoiled[spoil];
        _folder.Replace(content);
        await using var adapter = await _folder.ServeAsync();
        Assert.Equal((503, "provider-unavailable"), Outcome(await adapter.AskAsync(Register.Known.Number, "name")));
        await AssertRefusedAsync(adapter, 503, "unavailable", code);
    }

    [Fact]
    public async Task The_same_files_unspoiled_are_taken()
    {
        _folder.Replace(Good);
        await using var adapter = await _folder.ServeAsync();
        Assert.Equal(200, (await adapter.AskAsync(Register.Known.Number, "name")).Status);
    }

    [Theory]
    [InlineData("a,b\r\n#rows,2\r\n", "header")]
    [InlineData("#rows,2\r\n", null)]
    [InlineData("#rows,2", null)]
    [InlineData("#rows,3\r\n", "row-count")]
    [InlineData("#rows,2,\r\n", "row-count")]
    [InlineData("#rows,two\r\n", "row-count")]
    [InlineData("#rows,2\r\nmore\r\n", "row-count")]
    [InlineData("", "no-trailer")]
    public async Task A_configured_trailer_has_to_be_there_and_count_right(string end, string? code)
    {
        _folder.Replace((code == "header" ? "" : Good) + end);
        await using var adapter = await _folder.ServeAsync("\"Trailer\": \"#rows\"");
        await AssertTakenOrRefusedAsync(adapter, code);
    }

    [Theory]
    [InlineData("2", null)]
    [InlineData("2\n", null)]
    [InlineData("3", "row-count")]
    [InlineData("two", "row-count")]
    [InlineData("", "row-count")]
    [InlineData(null, "missing")]
    public async Task A_configured_row_count_file_has_to_be_there_and_count_right(string? count, string? code)
    {
        if (count is not null)
        {
            _folder.Replace(count, "people.count");
        }

        _folder.Replace(Good);
        await using var adapter = await _folder.ServeAsync("\"RowCountFile\": \"people.count\"");
        await AssertTakenOrRefusedAsync(adapter, code);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static (int Status, string? Code) Outcome(Answer answer) => (answer.Status, answer.Code);

    private static async Task AssertTakenOrRefusedAsync(RunningAdapter adapter, string? code)
    {
        Assert.Equal(code is null ? 200 : 503, (await adapter.AskAsync(Register.Known.Number, "name")).Status);
        if (code is not null)
        {
            await AssertRefusedAsync(adapter, 503, "unavailable", code);
        }
    }

    internal static async Task AssertRefusedAsync(RunningAdapter adapter, int status, string state, string code)
    {
        var ready = await adapter.GetAsync("/health/ready");
        Assert.Equal((status, state), (ready.Status, ready.Json.GetProperty("status").GetString()));
        Assert.Contains($"refused, {code}:", ready.Json.GetProperty("details").GetProperty(Register.Dataset).GetString(), StringComparison.Ordinal);
        var line = Assert.Single(adapter.Log.Lines, line => line.Id == 7202);
        Assert.Contains(code, line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Register.Known.Number, line.Text, StringComparison.Ordinal);
    }
}
