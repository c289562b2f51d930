using System.Security.Cryptography;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Merkle;

namespace DataExchange.Enforcement.Tests.Exchanges;

public sealed class ReleaseTests
{
    [Fact]
    public async Task A_permitted_record_leaves_with_the_transforms_of_the_agreement_in_the_order_asked()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "idcard", "born", "income", "rate", "married").AnswerAsync();

        Assert.Equal("""{"name":"张\"三\"","idcard":"ABC***GH","born":1949,"income":"[5000,10000)","rate":0.5,"married":true}""", answer.Record.GetRawText());
        Assert.Equal((TestRegion.Residence, 1), (answer.Dataset, answer.Revision));
        Assert.Empty(answer.Withheld);
    }

    [Fact]
    public async Task The_receipt_proves_offline_that_this_very_record_was_released()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "rate", "name").AnswerAsync();

        var leaf = VerifyReceipt(answer.Receipt, gateway.Logs.Access.Verifier);
        var opening = answer.Receipt.Opening!;
        Assert.Equal(LeafKinds.AccessReleased, leaf.Kind);
        Assert.True(Commitment.Verify(Convert.FromBase64String(opening.Key), CanonicalJson.Canonicalize(opening.Record), leaf.Body.Span));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(answer.Record))), opening.Record.GetProperty("digest").GetString());
        Assert.Equal(answer.Decision, opening.Record.GetProperty("intent").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Intent_and_outcome_stand_in_the_log_under_the_subject_s_tag()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "address").AnswerAsync();

        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased], entries.Select(entry => entry.Leaf.Kind));
        Assert.Equal(answer.Receipt.Index, entries[1].Index);
        var intent = entries[0].Record;
        Assert.Equal(["name", "address"], intent.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
        Assert.Equal(
            (TestRegion.Police, TestRegion.Residence, TestRegion.Rental, TestRegion.Housing, TestRegion.HousingClient, "residence-1@1"),
            (Text("provider"), Text("dataset"), Text("purpose"), Text("consumer"), Text("client"), Text("agreement")));
        Assert.Equal(entries[0].Leaf.TimeMs, intent.GetProperty("time").GetInt64());
        Assert.Equal(gateway.Ledger.Current.GovernanceSize, intent.GetProperty("governance").GetInt64());

        string? Text(string name) => intent.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Access_records_are_canonical_and_hold_neither_token_nor_handle()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = (context, query, n) => n == 1 ? FakeProvider.AnswerAsync(context, query, n) : Fail(context);

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.ProviderUnavailable);
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "secret").RefusedAsync(ProblemSlugs.FieldsNotPermitted);

        var person = await gateway.Vault.ResolveAsync(TestRegion.ZhangSan, CancellationToken.None);
        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        Assert.Equal(
            [LeafKinds.AccessRequested, LeafKinds.AccessReleased, LeafKinds.AccessRequested, LeafKinds.AccessFailed, LeafKinds.AccessRefused],
            entries.Select(entry => entry.Leaf.Kind));
        foreach (var entry in entries)
        {
            var text = Encoding.UTF8.GetString(entry.Bytes.Span);
            Assert.Equal(text, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(entry.Record)));
            Assert.DoesNotContain(Convert.ToHexString(person.Token.Span), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(person.Token.Span), text, StringComparison.Ordinal);
            Assert.DoesNotContain(person.Handle.Value, text, StringComparison.OrdinalIgnoreCase);
        }

        static Task Fail(Microsoft.AspNetCore.Http.HttpContext context)
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_provider_is_asked_for_the_permitted_fields_with_the_receipt_of_the_intent()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name", "born").AnswerAsync();

        var question = Assert.Single(gateway.Provider.Questions);
        Assert.Equal((TestRegion.Residence, 1, TestRegion.ZhangSan), (question.Dataset, question.Revision, question.Subject));
        Assert.Equal(["name", "born"], question.Fields);
        var leaf = VerifyReceipt(question.Intent, gateway.Logs.Access.Verifier);
        Assert.Equal(LeafKinds.AccessRequested, leaf.Kind);
        Assert.Equal(TestRegion.ZhangSan.Value, question.Intent.Opening!.Record.GetProperty("subject").GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_value_the_register_does_not_have_is_released_as_null()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = (context, query, _) =>
        {
            var answer = FakeProvider.AnswerTo(query);
            answer["record"]!["income"] = null;
            return FakeProvider.WriteAsync(context, answer);
        };

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "income").AnswerAsync();

        Assert.Equal("""{"income":null}""", answer.Record.GetRawText());
    }

    [Fact]
    public async Task The_answer_is_not_to_be_stored_and_carries_nothing_of_the_provider_s_headers()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Provider.Answer = (context, query, n) =>
        {
            context.Response.Headers["X-Register"] = "internal";
            context.Response.Headers.SetCookie = "a=b";
            return FakeProvider.AnswerAsync(context, query, n);
        };

        using var response = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("X-Register"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static Leaf VerifyReceipt(Receipt receipt, NoteVerifier verifier)
    {
        var bytes = Convert.FromBase64String(receipt.Leaf);
        Assert.True(TlogProof.TryParse(receipt.Proof, out var proof));
        Assert.True(proof.Verify(TreeHasher.Leaf(bytes), verifier, out _));
        Assert.Equal(receipt.Index, proof.Index);
        Assert.True(Leaf.TryDecode(bytes, out var leaf));
        return leaf;
    }
}
