using System.Net.Http.Headers;
using System.Security.Cryptography;
using DataExchange.Merkle;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>Every answer of C2SP tlog-witness add-checkpoint, over HTTP.</summary>
public sealed class StatusCodeTests : IAsyncLifetime
{
    private const string Origin = "demo.example/access";
    private readonly TemporaryFolder _folder = new();
    private readonly UniformLog _log = new(Origin);
    private readonly UniformLog _fork = new(Origin, leaf: "otherwise");
    private readonly UniformLog _stranger = new("stranger.example/log", seed: 2);
    private RunningWitness _witness = null!;

    public async ValueTask InitializeAsync() => _witness = await RunningWitness.StartAsync(_folder, _log);

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
        _fork.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task First_checkpoint_and_its_extensions_are_cosigned()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (oldSize, size) in new[] { (0L, 5L), (5L, 6L), (6L, 1_000_000L), (1_000_000L, 1L << 60) })
        {
            var answer = await _witness.SubmitAsync(_log, oldSize, size);
            Assert.InRange(_witness.TimeOf(answer, _log, size), before, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
            Assert.StartsWith($"\u2014 {RunningWitness.Name} ", answer.Body, StringComparison.Ordinal);
            Assert.Equal("\n", answer.Body[answer.Body.IndexOf('\n', StringComparison.Ordinal)..]);
            Assert.Equal("text/plain; charset=utf-8", answer.Type);
        }
    }

    [Fact]
    public async Task Empty_log_is_cosigned_too()
    {
        _witness.TimeOf(await _witness.SubmitAsync(_log, 0, 0), _log, 0);
        _witness.TimeOf(await _witness.SubmitAsync(_log, 0, 3), _log, 3);
    }

    [Fact]
    public async Task Lost_answer_is_given_again_to_whoever_submits_the_same_checkpoint()
    {
        await _witness.SubmitAsync(_log, 0, 5);

        // As the client first sent it, the old size is no longer right; it learns the size and sends it on top of itself.
        Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await _witness.SubmitAsync(_log, 0, 5));
        _witness.TimeOf(await _witness.SubmitAsync(_log, 5, 5), _log, 5);
    }

    [Fact]
    public async Task Other_old_size_is_a_conflict_that_names_the_recorded_one()
    {
        Assert.Equal(new Answer(409, "text/x.tlog.size", "0\n"), await _witness.SubmitAsync(_log, 3, 5));
        await _witness.SubmitAsync(_log, 0, 5);
        foreach (var (oldSize, size) in new[] { (0L, 9L), (4L, 9L), (6L, 9L), (9L, 9L), (0L, 4L), (4L, 4L), (0L, 5L) })
        {
            Assert.Equal(new Answer(409, "text/x.tlog.size", "5\n"), await _witness.SubmitAsync(_log, oldSize, size));
        }
    }

    [Fact]
    public async Task Second_root_at_the_recorded_size_is_a_conflict()
    {
        await _witness.SubmitAsync(_log, 0, 5);
        Assert.Equal((409, "root-conflict"), await CodeAsync(_fork.Body(5, 5)));
        Assert.Equal((409, "root-conflict"), await CodeAsync($"old 5\n\n{_fork.Note(5)}"));
        _witness.TimeOf(await _witness.SubmitAsync(_log, 5, 5), _log, 5);
    }

    [Fact]
    public async Task Second_root_at_the_recorded_size_is_told_whatever_is_answered()
    {
        using var folder = new TemporaryFolder();
        using var loggers = new EventLoggers();
        await using var witness = await RunningWitness.StartAsync(RunningWitness.OptionsOf(folder, _log), loggers: loggers);
        await witness.SubmitAsync(_log, 0, 5);
        Assert.Equal(409, (await witness.SubmitAsync(_log.Body(0, 5))).Status);
        Assert.Equal(422, (await witness.SubmitAsync(_fork.Body(5, 9))).Status);
        Assert.DoesNotContain(8010, loggers.Events);

        var times = 0;
        foreach (var (status, body) in new[]
        {
            (409, _fork.Body(5, 5)), (409, _fork.Body(0, 5)), (409, _fork.Body(3, 5)), (422, new AddCheckpointRequest(5, [_log.Root(1)], _fork.Note(5)).ToText()),
        })
        {
            Assert.Equal(status, (await witness.SubmitAsync(body)).Status);
            await loggers.WaitForAsync(8010, ++times);
        }
    }

    [Fact]
    public async Task First_checkpoint_of_size_zero_has_the_root_of_the_empty_tree()
    {
        var text = $"{Origin}\n0\n{_log.Root(3)}\n";
        Assert.Equal((409, "root-conflict"), await CodeAsync($"old 0\n\n{text}\n{_log.Sign(text)}"));
    }

    [Fact]
    public async Task Proof_that_does_not_verify_is_unprocessable()
    {
        await _witness.SubmitAsync(_log, 0, 5);
        Assert.Equal((422, "not-consistent"), await CodeAsync(_fork.Body(5, 9)));
        Assert.Equal((422, "not-consistent"), await CodeAsync($"old 5\n\n{_log.Note(9)}"));
        Assert.Equal((422, "not-consistent"), await CodeAsync(new AddCheckpointRequest(5, _log.Proof(6, 9), _log.Note(9)).ToText()));
        Assert.Equal((422, "not-consistent"), await CodeAsync(new AddCheckpointRequest(5, [.. _log.Proof(5, 9), _log.Root(1)], _log.Note(9)).ToText()));
        Assert.Equal((422, "not-consistent"), await CodeAsync(new AddCheckpointRequest(5, [_log.Root(1)], _log.Note(5)).ToText()));
        _witness.TimeOf(await _witness.SubmitAsync(_log, 5, 9), _log, 9);
    }

    [Fact]
    public async Task Proof_from_nothing_is_empty() =>
        Assert.Equal((422, "not-consistent"), await CodeAsync(new AddCheckpointRequest(0, [_log.Root(1)], _log.Note(5)).ToText()));

    [Fact]
    public async Task Old_size_beyond_the_new_is_a_bad_request() => Assert.Equal((400, "old-size-too-large"), await CodeAsync($"old 6\n\n{_log.Note(5)}"));

    [Fact]
    public async Task Unknown_origin_is_not_found() => Assert.Equal((404, "unknown-origin"), await CodeAsync(_stranger.Body(0, 5)));

    [Fact]
    public async Task Without_a_trusted_signature_it_is_forbidden()
    {
        using var impostor = new UniformLog(Origin, seed: 7);
        var text = _log.Checkpoint(5).ToText();
        Assert.Equal((403, "not-signed"), await CodeAsync(impostor.Body(0, 5)));
        Assert.Equal((403, "not-signed"), await CodeAsync($"old 0\n\n{text}\n{_stranger.Sign(text)}"));
        Assert.Equal((403, "not-signed"), await CodeAsync($"old 0\n\n{text}\n{_log.Sign(_log.Checkpoint(6).ToText())}"));
    }

    [Fact]
    public async Task Signatures_of_unknown_keys_are_ignored()
    {
        var text = _log.Checkpoint(5).ToText();
        var answer = await _witness.SubmitAsync($"old 0\n\n{text}\n{_stranger.Sign(text)}{_log.Sign(text)}");
        _witness.TimeOf(answer, _log, 5);
    }

    [Fact]
    public async Task Log_with_two_keys_may_sign_with_either()
    {
        using var next = new UniformLog(Origin, seed: 8);
        using var folder = new TemporaryFolder();
        var options = RunningWitness.OptionsOf(folder, _log);
        options.Logs[0].Keys.Add(next.Verifier.ToString());
        await using var witness = await RunningWitness.StartAsync(options);

        witness.TimeOf(await witness.SubmitAsync(_log, 0, 5), _log, 5);
        witness.TimeOf(await witness.SubmitAsync(next, 5, 9), next, 9);
    }

    [Fact]
    public async Task Extension_lines_are_cosigned_with_the_rest()
    {
        var text = _log.Checkpoint(5).ToText() + "an extension\n";
        var answer = await _witness.SubmitAsync($"old 0\n\n{text}\n{_log.Sign(text)}");
        Assert.True(SignedNote.TryParse($"{text}\n{answer.Body}", out var note));
        Assert.NotNull(note.CosignedAt(_witness.Verifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 0\n\n")]
    [InlineData("{\"old\":0}")]
    public async Task What_is_no_request_is_a_bad_request(string body) => Assert.Equal((400, "request-malformed"), await CodeAsync(body));

    [Fact]
    public async Task Sixteen_signatures_of_five_thousand_bytes_are_taken()
    {
        var text = _log.Checkpoint(5).ToText();
        var others = string.Concat(Enumerable.Range(0, 15).Select(i => $"\u2014 other.example/{i} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(5000))}\n"));
        _witness.TimeOf(await _witness.SubmitAsync($"old 0\n\n{text}\n{others}{_log.Sign(text)}"), _log, 5);
    }

    [Fact]
    public async Task Body_of_more_than_256_KiB_is_too_large()
    {
        var body = _log.Body(0, 5);
        Assert.Equal((413, "payload-too-large"), await CodeAsync(body + new string('x', 262_144)));

        // Without a length in front: it is counted while it comes.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "add-checkpoint") { Content = new StringContent(body + new string('x', 262_144)) };
        chunked.Headers.TransferEncodingChunked = true;
        var answer = await Answer.OfAsync(await _witness.Client.SendAsync(chunked, TestContext.Current.CancellationToken));
        Assert.Equal((413, "payload-too-large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Encoded_body_is_not_supported()
    {
        using var content = new StringContent(_log.Body(0, 5));
        content.Headers.ContentEncoding.Add("gzip");
        var answer = await Answer.OfAsync(await _witness.Client.PostAsync("add-checkpoint", content, TestContext.Current.CancellationToken));
        Assert.Equal((415, "encoding-not-supported"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Content_type_does_not_matter()
    {
        using var content = new StringContent(_log.Body(0, 5));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Assert.Equal(200, (int)(await _witness.Client.PostAsync("add-checkpoint", content, TestContext.Current.CancellationToken)).StatusCode);
        using var untyped = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(_log.Body(5, 6)));
        Assert.Equal(200, (int)(await _witness.Client.PostAsync("add-checkpoint", untyped, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "add-checkpoint");
        using var response = await _witness.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
        var answer = await Answer.OfAsync(response);
        Assert.Equal((405, "method-not-allowed"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Other_paths_are_not_found()
    {
        var answer = await _witness.GetAsync("nothing");
        Assert.Equal((404, "not-found"), (answer.Status, answer.Code));
    }

    private async Task<(int Status, string? Code)> CodeAsync(string body)
    {
        var answer = await _witness.SubmitAsync(body);
        return (answer.Status, answer.Code);
    }
}
