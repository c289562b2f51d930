using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DataExchange.TransparencyLog.Tests.Witnessing;

/// <summary>Published checkpoints are shown to the witnesses, and what comes back is checked before it is believed.</summary>
public sealed class WitnessingTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestWitness[] _witnesses = new TestWitness[3];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < _witnesses.Length; i++)
        {
            _witnesses[i] = await TestWitness.StartAsync($"w{i}.example", i + 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var witness in _witnesses)
        {
            await witness.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Cosignatures_are_merged_into_the_note_that_is_served()
    {
        await using var region = await OpenAsync("all", WitnessMode.Async);
        await region.Access.AppendManyAsync(300);
        await region.Access.AppendManyAsync(300);
        await UntilAsync(() => IsWitnessed(region, 600) && region.Access.Witnesses.All(witness => witness.CosignedSize == 600));

        Assert.True(Checkpoint.TryOpen(region.Access.Served.Note, region.Access.Verifier, out var served));
        Assert.Equal(region.Access.Published.Checkpoint, served);
        Assert.All(_witnesses, witness => Assert.Equal(served, witness.Seen(region.Access.Origin)));
        Assert.All(region.Access.Witnesses, witness => Assert.Equal((600L, null), (witness.CosignedSize, witness.Fault)));

        TlogProof? proof = null;
        while (proof?.CheckpointNote != region.Access.Served.Note)
        {
            // The quorum counts a moment after its last cosignature is in.
            proof = await region.Access.ProveAsync(17, TestContext.Current.CancellationToken);
        }

        Assert.True(proof!.Verify(TreeHasher.Leaf("entry 17"u8), region.Access.Verifier, out _));
    }

    [Fact]
    public async Task A_release_waits_for_the_quorum_where_it_has_to_and_gets_a_proof_under_it()
    {
        await using var region = await OpenAsync("2", WitnessMode.Required);
        var appended = await region.Access.AppendAsync("released");
        Assert.Null(appended.Witnessed);

        var witnessed = await region.Access.WitnessedAsync(appended, TestContext.Current.CancellationToken);
        Assert.True(witnessed.Proof().Verify(TreeHasher.Leaf("released"u8), region.Access.Verifier, out var checkpoint));
        Assert.True(checkpoint.Size > appended.Index);
        Assert.True(SignedNote.TryParse(witnessed.Proof().CheckpointNote, out var note));
        Assert.True(Policy("2").IsMetBy(note));
    }

    [Fact]
    public async Task Proofs_of_either_form_are_at_the_checkpoint_that_a_quorum_has_cosigned()
    {
        await using var region = await OpenAsync("all", WitnessMode.Async);
        await region.Access.AppendManyAsync(20);
        await UntilAsync(() => IsWitnessed(region, 20));
        _witnesses[0].Misbehaviour = Answer(503, "");
        await region.Access.AppendManyAsync(20, "later");
        await region.Access.WaitPublishedAsync(40, TestContext.Current.CancellationToken);

        var proof = await region.Access.ProveAsync(7, TestContext.Current.CancellationToken);
        var receipt = await region.Access.ProveInCoseAsync(7, TestContext.Current.CancellationToken);

        Assert.True(Checkpoint.TryOpen(proof!.CheckpointNote, region.Access.Verifier, out var checkpoint));
        Assert.Equal((20L, 20L), (checkpoint.Size, receipt!.Size));
        Assert.True(receipt.Verify(TreeHasher.Leaf("entry 7"u8), region.Access.Verifier));
        Assert.Equal(40, (await region.Access.ProveInCoseAsync(30, TestContext.Current.CancellationToken))!.Size);
    }

    [Fact]
    public async Task Without_a_quorum_nothing_is_released_and_appends_go_on()
    {
        _witnesses[0].Misbehaviour = _witnesses[1].Misbehaviour = Answer(503, "busy");
        await using var region = await OpenAsync("2", WitnessMode.Required, options => options.WitnessPatience = TimeSpan.FromSeconds(1));
        Assert.True(region.Access.MustBeWitnessed);
        var appended = await region.Access.AppendAsync("held back");
        var error = await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.WitnessedAsync(appended, TestContext.Current.CancellationToken));
        Assert.Contains("No quorum", error.Message, StringComparison.Ordinal);
        await region.Access.AppendAsync("goes on");

        _witnesses[0].Misbehaviour = null;
        await UntilAsync(() => IsWitnessed(region, 2, "2"));
        Assert.NotNull((await region.Access.WitnessedAsync(appended, TestContext.Current.CancellationToken)).Witnessed);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "garbage")]
    [InlineData(200, "— w0.example AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n")]
    [InlineData(200, "\0\u0001")]
    [InlineData(302, "")]
    [InlineData(422, "")]
    [InlineData(409, "")]
    [InlineData(409, "-1\n")]
    [InlineData(409, "12")]
    [InlineData(409, "99999999999999999999999\n")]
    [InlineData(500, "oops")]
    public async Task A_witness_that_answers_garbage_is_passed_over(int status, string body)
    {
        _witnesses[0].Misbehaviour = Answer(status, body);
        await using var region = await OpenAsync("2", WitnessMode.Async);
        await region.Access.AppendManyAsync(10);
        await UntilAsync(() => IsWitnessed(region, 10, "2"));
        await UntilAsync(() => region.Access.Witnesses[0].Fault is not null);

        Assert.True(region.Access.Health.IsWritable);
        Assert.DoesNotContain("w0.example", region.Access.Served.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cosignature_over_another_text_than_the_checkpoint_does_not_count()
    {
        // The answer brings an empty line of its own: what is signed, read as one note, then ends later than the checkpoint does.
        _witnesses[0].Misbehaviour = context => AnswerNoteAsync(context, note =>
        {
            var other = new Checkpoint(note + "other", 7, TreeHasher.EmptyRoot);
            return $"other\n7\n{TreeHasher.EmptyRoot}\n\n{_witnesses[0].Cosigner.SignatureLine(other, 1_790_000_000)}";
        });
        await using var region = await OpenAsync("2", WitnessMode.Async);
        await region.Access.AppendManyAsync(10);
        await UntilAsync(() => region.Access.Witnesses[0].Fault is not null && IsWitnessed(region, 10, "2"));
        Assert.DoesNotContain("w0.example", region.Access.Served.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_cosignatures_by_one_witness_the_latest_is_kept()
    {
        _witnesses[0].Misbehaviour = context => AnswerNoteAsync(context, note =>
        {
            Assert.True(SignedNote.TryParse(note, out var parsed));
            Assert.True(Checkpoint.TryParse(parsed.Text, out var checkpoint));
            return string.Concat(Enumerable.Range(0, 60).Select(i => _witnesses[0].Cosigner.SignatureLine(checkpoint, 1_790_000_000 + i)));
        });
        await using var region = await OpenAsync("all", WitnessMode.Async);
        await region.Access.AppendManyAsync(10);
        await UntilAsync(() => IsWitnessed(region, 10));
        Assert.Equal(4, region.Access.Served.Note.Split('\n').Count(line => line.StartsWith('\u2014')));
        Assert.True(SignedNote.TryParse(region.Access.Served.Note, out var note));
        Assert.Equal(1_790_000_059, note.CosignedAt(_witnesses[0].Verifier));
    }

    [Fact]
    public async Task Under_load_the_witnesses_are_shown_a_checkpoint_now_and_then_and_not_each_one()
    {
        var submissions = 0;
        _witnesses[0].Misbehaviour = context =>
        {
            submissions += context.Request.Method == "POST" && context.Request.Path != "/" ? 1 : 0;
            return Task.FromResult(false);
        };
        await using var region = await OpenAsync("any", WitnessMode.Async, options => options.WitnessInterval = TimeSpan.FromSeconds(30));
        for (var i = 0; i < 200; i++)
        {
            await region.Access.AppendAsync($"entry {i}");
            await region.Access.WaitPublishedAsync(i + 1, TestContext.Current.CancellationToken);
        }

        Assert.InRange(submissions, 0, 4);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        _witnesses[0].Misbehaviour = async context =>
        {
            var chunk = new byte[1 << 16];
            for (var i = 0; i < 1000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(chunk);
            }

            return true;
        };
        await using var region = await OpenAsync("2", WitnessMode.Async);
        await region.Access.AppendManyAsync(10);
        await UntilAsync(() => region.Access.Witnesses[0].Fault is not null);
        await UntilAsync(() => IsWitnessed(region, 10, "2"));
    }

    [Fact]
    public async Task A_witness_that_hangs_holds_nobody_up()
    {
        _witnesses[0].Misbehaviour = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await using var region = await OpenAsync("2", WitnessMode.Required, options => options.WitnessTimeout = TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
        {
            await region.Access.WitnessedAsync(await region.Access.AppendAsync($"entry {i}"), TestContext.Current.CancellationToken);
        }

        await UntilAsync(() => region.Access.Witnesses[0].Fault?.Contains("no answer", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_witness_that_comes_back_gets_the_newest_checkpoint_with_its_proof()
    {
        await using (var region = await OpenAsync("all", WitnessMode.Async))
        {
            await region.Access.AppendManyAsync(100);
            await UntilAsync(() => IsWitnessed(region, 100));
            _witnesses[2].Misbehaviour = Answer(503, "");
            await region.Access.AppendManyAsync(700);
            await UntilAsync(() => region.Access.Witnesses[2].Fault is not null);
            _witnesses[2].Misbehaviour = null;
            await region.Access.AppendManyAsync(1);
            await UntilAsync(() => IsWitnessed(region, 801));
        }

        // The next process does not know what they hold, and finds out.
        await using var again = await OpenAsync("all", WitnessMode.Async);
        await again.Access.AppendManyAsync(1);
        await UntilAsync(() => IsWitnessed(again, 802));
    }

    [Fact]
    public async Task What_is_served_never_shrinks()
    {
        await using var region = await OpenAsync("all", WitnessMode.Async, options => options.MaxWitnessLag = TimeSpan.FromMilliseconds(5));
        var largest = 0L;
        for (var i = 0; i < 200; i++)
        {
            await region.Access.AppendAsync($"entry {i}");
            var served = region.Access.Served;
            Assert.True(served.Size >= largest, $"{served.Size} was served after {largest}.");
            Assert.True(Checkpoint.TryOpen(served.Note, region.Access.Verifier, out _));
            largest = served.Size;
        }
    }

    [Fact]
    public async Task Who_joins_the_policy_is_asked_from_then_on_and_who_leaves_no_more()
    {
        var directory = new TestWitnesses("any", WitnessMode.Async, _witnesses[0]);
        await using var region = await TestRegion.OpenAsync(_folder, configure: Quick, witnesses: directory);
        await region.Access.AppendAsync("first");
        await UntilAsync(() => _witnesses[0].Seen(region.Access.Origin) is not null);

        directory.Current = TestWitnesses.Setup("any", WitnessMode.Async, [_witnesses[1]]);
        await region.Access.AppendAsync("second");
        await UntilAsync(() => _witnesses[1].Seen(region.Access.Origin)?.Size == 2);
        Assert.Equal("w1.example", Assert.Single(region.Access.Witnesses).Name);
        Assert.Equal(1, _witnesses[0].Seen(region.Access.Origin)!.Size);
    }

    internal static void Quick(TransparencyLogOptions options)
    {
        options.WitnessInterval = TimeSpan.FromMilliseconds(5);
        options.MaxWitnessBackoff = TimeSpan.FromMilliseconds(50);
        options.WitnessTimeout = TimeSpan.FromSeconds(20);
    }

    internal static Func<HttpContext, Task<bool>> Answer(int status, string body) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
        return true;
    };

    private static async Task<bool> AnswerNoteAsync(HttpContext context, Func<string, string> body)
    {
        if (context.Request.Method != "POST")
        {
            return false;
        }

        using var reader = new StreamReader(context.Request.Body);
        Assert.True(AddCheckpointRequest.TryParse(await reader.ReadToEndAsync(), out var request));
        await context.Response.WriteAsync(body(request.Checkpoint));
        return true;
    }

    internal static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private TlogPolicy Policy(string quorum) => TestWitnesses.Setup(quorum, WitnessMode.Async, _witnesses).Policy;

    private bool IsWitnessed(TestRegion region, long size, string quorum = "all") =>
        region.Access.Served.Size >= size && SignedNote.TryParse(region.Access.Served.Note, out var note) && Policy(quorum).IsMetBy(note);

    private Task<TestRegion> OpenAsync(string quorum, WitnessMode mode, Action<TransparencyLogOptions>? configure = null) => TestRegion.OpenAsync(
        _folder,
        configure: options =>
        {
            Quick(options);
            configure?.Invoke(options);
        },
        witnesses: new TestWitnesses(quorum, mode, _witnesses));
}
