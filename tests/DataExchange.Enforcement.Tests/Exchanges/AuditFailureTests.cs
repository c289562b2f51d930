using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Merkle;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExchange.Enforcement.Tests.Exchanges;

/// <summary>P-RECORD: what cannot be logged is not done.</summary>
public sealed class AuditFailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_logged_intent_nobody_is_asked(bool persistedAllTheSame)
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnAppend = (_, append) => FailAsync(persistedAllTheSame ? append : null);

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.AuditUnavailable);

        Assert.Equal(0, gateway.Provider.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_logged_outcome_nothing_is_released(bool persistedAllTheSame)
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnAppend = (n, append) => n == 2 ? FailAsync(persistedAllTheSame ? append : null) : append();

        var problem = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").ProblemAsync();

        Assert.Equal(ProblemSlugs.AuditUnavailable.Code, problem.Code);
        Assert.Null(problem.Receipt);
        Assert.Equal(1, gateway.Provider.Count);
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_logged_is_audit_unavailable_too()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnAppend = (_, _) => FailAsync(null);

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "secret").RefusedAsync(ProblemSlugs.AuditUnavailable);
    }

    [Fact]
    public async Task Exchanges_go_on_once_the_log_does()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnAppend = (n, append) => n == 1 ? FailAsync(null) : append();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.AuditUnavailable);
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();

        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Fact]
    public async Task An_exception_nobody_foresaw_releases_nothing_and_still_leaves_an_outcome()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnAppend = (n, append) => n == 2 ? throw new InvalidTimeZoneException("unforeseen") : append();

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.InternalError);

        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));
    }

    [Fact]
    public async Task Rules_that_moved_and_cannot_be_read_release_nothing_and_still_leave_an_outcome()
    {
        FaultyState? state = null;
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = services =>
        {
            FaultyLog.Install(services, ofGovernance: true);
            var real = services.Last(service => service.ServiceType == typeof(IStateReader));
            services.Replace(ServiceDescriptor.Singleton<IStateReader>(provider => state = new FaultyState((IStateReader)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
        });
        var consent = await gateway.GiveConsentAsync(TestRegion.ZhangSan);
        gateway.Provider.Answer = async (context, query, n) =>
        {
            // The withdrawal is in the log, and nobody has read it from there yet.
            ((FaultyLog)gateway.Logs.Governance).OnAppend = (_, append) => FailAsync(append);
            await Assert.ThrowsAsync<LogUnavailableException>(() => gateway.WithdrawAsync(TestRegion.ZhangSan, consent));
            state!.Fails = true;
            await FakeProvider.AnswerAsync(context, query, n);
        };

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").RefusedAsync(ProblemSlugs.AuditUnavailable);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));

        state!.Fails = false;
        gateway.Provider.Answer = FakeProvider.AnswerAsync;
        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "phone").RefusedAsync(ProblemSlugs.ConsentNotValid);
    }

    [Fact]
    public async Task Where_releases_wait_for_witnesses_none_leaves_without_their_quorum()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        FaultyLog.Of(gateway).OnWitness = _ => throw new LogUnavailableException("no quorum");

        await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").RefusedAsync(ProblemSlugs.AuditUnavailable);
        Assert.Equal([LeafKinds.AccessRequested, LeafKinds.AccessReleased, LeafKinds.AccessFailed], await gateway.KindsOfAsync(TestRegion.ZhangSan));
        var entries = await gateway.EntriesOfAsync(TestRegion.ZhangSan);
        Assert.Equal(ProblemSlugs.AuditUnavailable.Code, entries[^1].Record.GetProperty("problem").GetString());
        Assert.Equal(entries[0].Index, entries[^1].Record.GetProperty("intent").GetInt64());
    }

    [Fact]
    public async Task Where_releases_wait_for_witnesses_the_receipt_holds_the_checkpoint_that_they_cosigned()
    {
        await using var gateway = await TestGateway.StartAsync(setup => setup.Services = FaultyLog.Install);
        using var cosigner = CheckpointCosigner.FromSeed("w.example", new byte[32]);
        var log = FaultyLog.Of(gateway);
        log.OnWitness = async appended =>
        {
            await log.WaitPublishedAsync(appended.Index + 1, CancellationToken.None);
            var proof = (await log.ProveAsync(appended.Index, CancellationToken.None))!;
            Assert.True(Checkpoint.TryOpen(proof.CheckpointNote, log.Verifier, out var checkpoint));
            return appended with { Witnessed = new TlogProof(proof.Index, proof.Hashes, proof.CheckpointNote + cosigner.SignatureLine(checkpoint, 1_790_000_000)) };
        };

        var answer = await gateway.QueryAsync(TestRegion.Residence, TestRegion.ZhangSan, "name").AnswerAsync();
        Assert.True(TlogProof.TryParse(answer.Receipt.Proof, out var proof));
        Assert.True(SignedNote.TryParse(proof.CheckpointNote, out var note));
        Assert.Equal(1_790_000_000, note.CosignedAt(cosigner.Verifier));
        Assert.True(proof.Verify(TreeHasher.Leaf(Convert.FromBase64String(answer.Receipt.Leaf)), log.Verifier, out _));
    }

    private sealed class FaultyState(IStateReader inner) : IStateReader
    {
        public bool Fails { get; set; }

        public IAsyncEnumerable<StateRow> ReadAsync(string register, long from, CancellationToken cancellationToken) =>
            Fails ? throw new StorageException("broken by the test") : inner.ReadAsync(register, from, cancellationToken);
    }

    private static async ValueTask<AppendResult> FailAsync(Func<ValueTask<AppendResult>>? persist)
    {
        if (persist is not null)
        {
            await persist();
        }

        throw new LogUnavailableException("broken by the test");
    }
}
