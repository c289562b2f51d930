using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;

namespace DataExchange.Cli.Tests.Evidence;

public sealed class EvidenceVerifyTests
{
    /// <summary>Something that was logged otherwise than it should have been: every receipt holds, and the story does not.</summary>
    public static TheoryData<string, Action<object>> Stories => new()
    {
        { "another case completed", Story(evidence => evidence.Case["id"] = new string('f', 32)) },
        { "another revision", Story(evidence => evidence.Case["matterRevision"] = 2) },
        { "another matter", Story(evidence => evidence.Matter["code"] = "garden") },
        { "not completed", Story(evidence => evidence.Case["state"] = "Ready") },
        { "another kind of entry", Story(evidence => evidence.CaseKind = LeafKinds.CaseGathered) },
        { "another time", Story(evidence => evidence.Case["ended"] = "2026-09-22T00:00:00+00:00") },
        { "another digest in the case", Story(evidence => Result(evidence, 0)["digest"] = TestEvidence.Digest([])) },
        { "another digest in the release", Story(evidence => evidence.Accesses[1]["digest"] = TestEvidence.Digest([])) },
        { "another intent", Story(evidence => Result(evidence, 0)["decision"] = 2) },
        { "another outcome", Story(evidence => Result(evidence, 0)["receipt"] = 3) },
        { "an outcome of another intent", Story(evidence => evidence.Accesses[1]["intent"] = 2) },
        { "asked for in another case", Story(evidence => evidence.Accesses[0]["request"]!["case"] = "another") },
        { "asked for in no case", Story(evidence => evidence.Accesses[0]["request"]!.AsObject().Remove("case")) },
        { "asked for another purpose", Story(evidence => evidence.Accesses[0]["request"]!["purpose"] = "another") },
        { "asked for more fields", Story(evidence => evidence.Accesses[0]["request"]!["fields"]!.AsArray().Add("faith")) },
        { "asked for another dataset", Story(evidence => evidence.Accesses[0]["request"]!["dataset"] = "registry/faith") },
        { "failed otherwise than for want of a record", Story(evidence => evidence.Accesses[5]["problem"] = "provider-timeout") },
        { "on a consent that is not shown", Story(evidence => evidence.Accesses[2]["decision"]!["permitted"]![0]!["consent"] = "c2") },
        { "on a consent that was not given", Story(evidence => evidence.Consent["state"] = "Requested") },
        { "on a consent to another use", Story(evidence => evidence.Consent["purpose"] = "another") },
        { "before the consent was given", Story(evidence => evidence.Accesses[2]["governance"] = 1) },
        { "about two people", Story(evidence => evidence.AccessTag = [.. Enumerable.Repeat((byte)8, 32)]) },
        { "something required was not answered", Story(evidence => evidence.Matter["needs"]!.AsArray().Add(new JsonObject { ["code"] = "more", ["necessity"] = "Required" })) },
        { "a record without form", Story(evidence => evidence.Case["results"] = "none") },
    };

    /// <summary>A pack that was changed after it was given.</summary>
    public static TheoryData<string, Action<JsonObject>, string> Changes => new()
    {
        { "an answer is gone", pack => pack["needs"]!.AsArray().RemoveAt(0), "evidence-mismatch" },
        { "an answer is there twice", pack => pack["needs"]!.AsArray().Add(pack["needs"]![0]!.DeepClone()), "evidence-mismatch" },
        { "a consent is gone", pack => pack["consents"]!.AsArray().RemoveAt(0), "evidence-mismatch" },
        { "a digest is another", pack => pack["needs"]![0]!["digest"] = TestEvidence.Digest([]), "evidence-mismatch" },
        { "answers have changed places", pack => (pack["needs"]![0]!["need"], pack["needs"]![1]!["need"]) = ("income", "residence"), "evidence-mismatch" },
        { "a record is another", pack => pack["needs"]![0]!["outcome"]!["opening"]!["record"]!["intent"] = 7, "opening-mismatch" },
        { "an opening is gone", pack => pack["needs"]![0]!["requested"]!.AsObject().Remove("opening"), "evidence-mismatch" },
        { "an index is another", pack => pack["completion"]!["index"] = 1, "index-mismatch" },
        { "a leaf is another", pack => pack["completion"]!["leaf"] = pack["definition"]!["leaf"]!.GetValue<string>(), "not-included" },
        { "a log is another", pack => pack["completion"]!["log"] = "other.example/governance", "log-mismatch" },
        { "the time is another", pack => pack["completed"] = "2026-09-22T00:00:00+00:00", "evidence-mismatch" },
    };

    [Fact]
    public async Task A_pack_verifies_with_the_keys_of_the_two_logs_and_nothing_else()
    {
        var run = (await VerifyAsync(new TestEvidence().Pack(), null)).Shows(0, "verified");

        Assert.Equal((3, 1, 9), (run.Json.GetProperty("answers").GetInt32(), run.Json.GetProperty("consents").GetInt32(), run.Json.GetProperty("receipts").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Receipts_that_hold_one_by_one_have_to_tell_one_story(string what, Action<object> change)
    {
        Assert.NotEmpty(what);
        var evidence = new TestEvidence();
        change(evidence);

        (await VerifyAsync(evidence.Pack(), null)).Shows(1, "evidence-mismatch");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_pack_that_was_changed_does_not_verify(string what, Action<JsonObject> change, string code)
    {
        Assert.NotEmpty(what);
        var pack = new TestEvidence().Pack();
        change(pack);

        (await VerifyAsync(pack, null)).Shows(1, code);
    }

    [Fact]
    public async Task The_records_have_to_be_the_ones_released()
    {
        var pack = new TestEvidence().Pack();

        var run = (await VerifyAsync(pack, Gathered(pack, TestEvidence.Residence))).Shows(0, "verified");
        Assert.Equal(1, run.Json.GetProperty("records").GetInt32());
        (await VerifyAsync(pack, Gathered(pack, TestEvidence.Income))).Shows(1, "record-mismatch");
    }

    [Fact]
    public async Task Both_keys_are_needed()
    {
        var pack = new TestEvidence().Pack();

        (await VerifyAsync(pack, null, TestEvidence.Keys[..2])).Shows(1, "log-mismatch");
        (await VerifyAsync(pack, null, [.. TestEvidence.Keys, .. TestEvidence.Keys[..2]])).Shows(2, "key-malformed");
        (await VerifyAsync(pack, null, [TestEvidence.Keys[0], "no key"])).Shows(2, "key-malformed");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task What_is_no_pack_cannot_be_told(string text) =>
        (await DxRun.InProcessAsync(["evidence", "verify", "-", "--json", .. TestEvidence.Keys], text)).Shows(2, "input-unreadable");

    private static Action<object> Story(Action<TestEvidence> change) => evidence => change((TestEvidence)evidence);

    private static JsonNode Result(TestEvidence evidence, int index) => evidence.Case["results"]![index]!;

    private static JsonObject Gathered(JsonObject pack, JsonObject residence) => new()
    {
        ["needs"] = new JsonArray(new JsonObject
        {
            ["need"] = "residence",
            ["outcome"] = "released",
            ["answer"] = new JsonObject
            {
                ["dataset"] = "registry/residence",
                ["revision"] = 1,
                ["record"] = residence.DeepClone(),
                ["withheld"] = new JsonArray(),
                ["decision"] = "0",
                ["receipt"] = pack["needs"]![0]!["outcome"]!.DeepClone(),
            },
        }),
    };

    private static async Task<DxRun> VerifyAsync(JsonObject pack, JsonObject? records, string[]? keys = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, records?.ToJsonString() ?? "", TestContext.Current.CancellationToken);
            return await DxRun.InProcessAsync(
                ["evidence", "verify", "-", "--json", .. keys ?? TestEvidence.Keys, .. (string[])(records is null ? [] : ["--records", file])], pack.ToJsonString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
