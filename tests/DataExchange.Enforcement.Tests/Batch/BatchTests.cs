using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace DataExchange.Enforcement.Tests.Batch;

public sealed class BatchTests
{
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task Each_line_is_answered_in_its_place_and_logged_for_its_own_subject()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = new TaskCompletionSource();
        gateway.Provider.Answer = async (context, query, n) =>
        {
            // The first subject's answer comes last; its line still leaves first.
            if (query.Subject == TestRegion.ZhangSan)
            {
                await first.Task;
            }

            await FakeProvider.AnswerAsync(context, query, n);
            if (query.Subject == TestRegion.LiSi)
            {
                first.TrySetResult();
            }
        };

        var lines = await LinesAsync(gateway, Line(TestRegion.ZhangSan), Line(TestRegion.LiSi));

        Assert.Equal(2, lines.Count);
        foreach (var (line, subject) in lines.Zip([TestRegion.ZhangSan, TestRegion.LiSi]))
        {
            var receipt = line.GetProperty("receipt");
            Assert.Equal(subject.Value, receipt.GetProperty("opening").GetProperty("record").GetProperty("subject").GetProperty("value").GetString());
            Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased], await gateway.KindsOfAsync(subject));
        }
    }

    [Fact]
    public async Task A_refused_or_malformed_line_is_answered_by_a_problem_and_stops_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Settings["Batch:MaxLineBytes"] = "512");

        var lines = await LinesAsync(gateway,
            Line(TestRegion.ZhangSan),
            TestGateway.Body(TestRegion.LiSi, "secret"),
            "{",
            "",
            new string('x', 5000),
            Line(TestRegion.LiSi));

        Assert.Equal([null, "fields-not-permitted", "request-malformed", "payload-too-large", null], lines.Select(Code));
        Assert.Equal([2, 3, 5], lines.Where(line => Code(line) is not null).Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal([LeafKinds.AccessRefused, LeafKinds.AccessReleased, LeafKinds.AccessRequested], (await gateway.KindsOfAsync(TestRegion.LiSi)).Order());
    }

    [Fact]
    public async Task An_agreement_for_single_queries_does_not_cover_a_batch()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.PostAsync(TestRegion.Limited + "/batch", Line(TestRegion.ZhangSan), Ndjson);

        Assert.Equal("agreement-not-active", Code(Assert.Single(await LinesOf(response))));
    }

    [Fact]
    public async Task Lenient_handling_counts_for_every_line()
    {
        await using var gateway = await TestGateway.StartAsync();
        var body = TestGateway.Body(TestRegion.ZhangSan, "name", "secret");

        using var response = await gateway.PostAsync(TestRegion.Residence + "/batch", body + "\n" + body, Ndjson, "handling=lenient");

        Assert.Equal(["handling=lenient"], response.Headers.GetValues("Preference-Applied"));
        Assert.All(await LinesOf(response), line => Assert.Equal("secret", line.GetProperty("withheld")[0].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task An_answer_leaves_before_the_next_line_is_sent()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        using var answers = new StreamReader(stream);

        await WriteAsync($"POST /v1/records/{TestRegion.Residence}/batch HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
            + $"Authorization: {TestGateway.Token(TestRegion.HousingClient)}\r\nContent-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var subject in new[] { TestRegion.ZhangSan, TestRegion.LiSi })
        {
            var line = Line(subject) + "\n";
            await WriteAsync($"{line.Length:x}\r\n{line}\r\n");
            await ReadUntilAsync(subject.Value);
        }

        await WriteAsync("0\r\n\r\n");
        Assert.DoesNotContain("receipt", await answers.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));

        async Task ReadUntilAsync(string text)
        {
            string? line;
            do
            {
                line = await answers.ReadLineAsync();
                Assert.NotNull(line);
            }
            while (!line.Contains(text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_long_batch_keeps_its_order_within_its_concurrency()
    {
        const int Count = 300;
        await using var gateway = await TestGateway.StartAsync(setup => setup.Settings["Batch:Concurrency"] = "8");
        int under = 0, most = 0;
        gateway.Provider.Answer = async (context, query, n) =>
        {
            var now = Interlocked.Increment(ref under);
            InterlockedMax(ref most, now);
            await Task.Yield();
            await FakeProvider.AnswerAsync(context, query, n);
            Interlocked.Decrement(ref under);
        };

        var lines = await LinesAsync(gateway, [.. Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? "{" + i : Line(i % 2 == 0 ? TestRegion.ZhangSan : TestRegion.LiSi))]);

        Assert.Equal(Count, lines.Count);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(i % 3 == 0, Code(lines[i]) is not null);
        }

        // One more may be under way than the channel holds: the one whose reply is awaited.
        Assert.InRange(most, 2, 9);
    }

    [Fact]
    public async Task A_batch_does_not_outlive_its_token()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Map = endpoints =>
        {
            ((IApplicationBuilder)endpoints).Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("exp", "1")], "test"));
                return next(context);
            });
            endpoints.MapDataExchange();
        });

        Assert.Equal("token-invalid", Code(Assert.Single(await LinesAsync(gateway, Line(TestRegion.ZhangSan)))));
        Assert.Equal(0, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_body_that_is_not_NDJSON_is_not_taken()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal("unsupported-media-type", (await gateway.PostAsync(TestRegion.Residence + "/batch", Line(TestRegion.ZhangSan)).ProblemAsync()).Code);
    }

    [Fact]
    public async Task An_empty_batch_is_answered_by_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Empty(await LinesAsync(gateway, "", " ", "\r"));
    }

    private static string Line(SubjectRef subject) => TestGateway.Body(subject, "name");

    private static async Task<List<JsonElement>> LinesAsync(TestGateway gateway, params string[] lines)
    {
        using var response = await gateway.PostAsync(TestRegion.Residence + "/batch", string.Join('\n', lines) + "\n", Ndjson);
        return await LinesOf(response);
    }

    private static async Task<List<JsonElement>> LinesOf(HttpResponseMessage response)
    {
        Assert.Equal((200, Ndjson), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    private static string? Code(JsonElement line) => line.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var before && before == seen ? value : before;
        }
    }
}
