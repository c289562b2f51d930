using System.Buffers;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

public class DecisionRecordTests
{
    private static readonly ExchangeRequest Everything = Request with
    {
        Actor = new Actor { ClientId = "housing-bound", UserId = "王\"芳\"", Roles = ["desk-clerk", "department-system"], BoundTo = "b", Presented = "p" },
        Fields = ["name", "income", "weight"],
        Mode = ExchangeMode.Batch,
        Lenient = true,
        Case = "案件-1",
        Mandate = "m\u0001",
        BreakGlass = "😀",
        Anomalies = [new AnomalyFact("no-open-case", AnomalyAction.StepUp), new AnomalyFact("near-misses", AnomalyAction.Throttle)],
        QuotaUsed = 7,
    };

    private static readonly ExchangeRequest Least = Request with { BirthDate = null };

    [Fact]
    public void A_request_comes_back_as_it_was()
    {
        foreach (var request in new[] { Everything, Least })
        {
            Assert.Equivalent(request, Read(Written(request)), strict: true);
        }
    }

    [Fact]
    public void Records_are_canonical()
    {
        foreach (var request in new[] { Everything, Least, Request with { Fields = ["income", "health", "none"], Lenient = true } })
        {
            var decision = PolicyDecisionPoint.Decide(request, Founded.With(Consent), Now);
            foreach (var bytes in new[] { Written(request), Written(decision) })
            {
                Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Canonicalize(bytes)), Encoding.UTF8.GetString(bytes));
            }
        }
    }

    [Fact]
    public void A_replay_of_what_was_logged_comes_to_the_same_bytes()
    {
        var rules = Founded.With(Consent);
        foreach (var fields in new string[][] { ["name", "income"], ["health", "income"], ["shoeSize"], [] })
        {
            foreach (var lenient in new[] { false, true })
            {
                var request = Request with { Fields = fields, Lenient = lenient };
                var logged = Written(PolicyDecisionPoint.Decide(request, rules, Now));
                var replayed = PolicyDecisionPoint.Decide(Read(Written(request)), Fold([.. History]).With(Consent), Now);
                Assert.Equal(logged, Written(replayed));
            }
        }
    }

    [Fact]
    public void A_permitted_field_is_recorded_with_all_that_bounds_it()
    {
        using var record = JsonDocument.Parse(Written(PolicyDecisionPoint.Decide(Request with { Fields = ["income"] }, Founded.With(Consent), Now)));
        Assert.Equal(
            """[{"basis":"Consent","consent":"c1","name":"income","rangeWidth":5000,"transform":"Range"}]""",
            record.RootElement.GetProperty("permitted").GetRawText());
    }

    [Fact]
    public void No_record_holds_the_token_or_words_that_may_be_put_better()
    {
        var decision = PolicyDecisionPoint.Decide(Request with { Fields = ["health"] }, Founded, Now);
        var records = Encoding.UTF8.GetString([.. Written(Request), .. Written(decision)]);
        Assert.DoesNotContain(Person.Value, records, StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Reasons[0].Detail, records, StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Remedy!, records, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"unknown":1}""")]
    public void What_is_no_request_is_not_read(string json) => Assert.Throws<JsonException>(() => Read(Encoding.UTF8.GetBytes(json)));

    private static ExchangeRequest Read(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return DecisionRecord.ReadRequest(document.RootElement, Person);
    }

    private static byte[] Written(ExchangeRequest request)
    {
        var output = new ArrayBufferWriter<byte>();
        DecisionRecord.WriteRequest(new CanonicalJsonWriter(output), request);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Written(Decision decision)
    {
        var output = new ArrayBufferWriter<byte>();
        DecisionRecord.WriteDecision(new CanonicalJsonWriter(output), decision);
        return output.WrittenSpan.ToArray();
    }
}
