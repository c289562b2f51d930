using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Merkle;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Founding;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Tests.Governance;

public class ConsentLedgerTests
{
    private static readonly int Founded = FoundingFile.Events(TestRegion.Founding()).Count();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rules_have_changed_before_the_answer_is_given()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);

        var id = (await region.RequestAsync(person)).Consent!.Id;
        foreach (var (decision, state) in new[] { (ConsentDecision.Give, ConsentState.Given), (ConsentDecision.Withdraw, ConsentState.Withdrawn) })
        {
            var before = region.Ledger.Current;
            var answered = await region.DecideAsync(person, id, decision);
            Assert.Equal(state, answered.Consent?.State);
            Assert.Equal(state, region.Ledger.Current.FindConsent(id)?.State);
            Assert.Equal(before.GovernanceSize + 1, region.Ledger.Current.GovernanceSize);
            Assert.Equal(region.Log.Latest.Size, region.Ledger.Current.GovernanceSize);
            Assert.NotEqual(state, before.FindConsent(id)?.State);
        }
    }

    [Fact]
    public async Task The_receipt_proves_the_change_and_tells_the_recipient_no_token()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);

        var receipt = (await region.RequestAsync(person)).Receipt!;

        var leafBytes = Convert.FromBase64String(receipt.Leaf);
        Assert.True(Leaf.TryDecode(leafBytes, out var leaf));
        Assert.Equal(LeafKinds.ConsentRequested, leaf.Kind);
        Assert.Equal(person.Tag(leaf.TimeMs), leaf.Tag.ToArray());
        Assert.Equal("test.example/governance", receipt.Log);
        Assert.Equal(Founded, receipt.Index);
        Assert.True(Commitment.Verify(Convert.FromBase64String(receipt.Opening!.Key), CanonicalJson.Canonicalize(receipt.Opening.Record), leaf.Body.Span));
        Assert.DoesNotContain(person.Handle.Value, receipt.Opening.Record.GetRawText(), StringComparison.Ordinal);
        Assert.True(TlogProof.TryParse(receipt.Proof, out var proof));
        Assert.True(proof.Verify(TreeHasher.Leaf(leafBytes), region.Log.Verifier, out _));
    }

    [Fact]
    public async Task A_refused_command_leaves_no_trace()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var stranger = await region.ResolveAsync(TestRegion.LiSi);
        var id = (await region.RequestAsync(person)).Consent!.Id;
        var size = region.Log.Latest.Size;

        Assert.Equal("state-conflict", (await region.DecideAsync(person, id, ConsentDecision.Withdraw)).Problem?.Code);
        Assert.Equal("not-found", (await region.DecideAsync(stranger, id, ConsentDecision.Give)).Problem?.Code);

        Assert.Equal(size, region.Log.Latest.Size);
        Assert.Equal(size, region.Ledger.Current.GovernanceSize);
    }

    [Fact]
    public async Task Of_many_who_give_the_same_consent_at_once_one_does()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var id = (await region.RequestAsync(person)).Consent!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => region.DecideAsync(person, id, ConsentDecision.Give).AsTask(), Cancellation)));

        Assert.Single(answers, answer => answer.Consent is not null);
        Assert.Equal(31, answers.Count(answer => answer.Problem?.Code == "state-conflict"));
        Assert.Equal(Founded + 2, region.Log.Latest.Size);
    }

    [Fact]
    public async Task Different_consents_of_many_callers_all_come_into_force()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => region.ResolveAsync(new SubjectRef("test-number", $"person-{i}")).AsTask()));

        var asked = await Task.WhenAll(people.Select(person => Task.Run(() => region.RequestAsync(person).AsTask(), Cancellation)));

        Assert.Equal(40, asked.Select(answer => answer.Consent!.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(Founded, 40).Select(i => (long)i), asked.Select(answer => answer.Receipt!.Index).Order());
        Assert.All(people, person => Assert.Single(region.Ledger.Current.ConsentsOf(person.Handle)));
    }

    [Fact]
    public async Task Of_many_who_ask_for_the_same_use_at_once_one_does_and_the_others_learn_its_id()
    {
        const int Rounds = 50;
        const int Askers = 16;
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);

        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(() => region.RequestAsync(person).AsTask(), Cancellation)));

            var asked = Assert.Single(answers, answer => answer.Consent is not null).Consent!;
            Assert.All(answers.Where(answer => answer.Consent is null), answer =>
            {
                Assert.Equal("state-conflict", answer.Problem?.Code);
                Assert.Contains(asked.Id, answer.Detail, StringComparison.Ordinal);
            });
            await region.DecideAsync(person, asked.Id, ConsentDecision.Give);
            Assert.Equal("state-conflict", (await region.RequestAsync(person)).Problem?.Code);
            await region.DecideAsync(person, asked.Id, ConsentDecision.Withdraw);
            Assert.DoesNotContain(region.Ledger.Current.ConsentsOf(person.Handle), consent => consent.State is ConsentState.Requested or ConsentState.Given);
        }

        Assert.Equal(Founded + (3 * Rounds), region.Log.Latest.Size);
    }

    [Fact]
    public async Task A_change_that_failed_but_persisted_is_in_force_before_the_next_command_is_decided()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var id = (await region.RequestAsync(person)).Consent!.Id;
        await region.DecideAsync(person, id, ConsentDecision.Give);

        region.Log.OnAppend = async (_, append) =>
        {
            await append();
            throw new LogUnavailableException("Injected after the commit.");
        };
        await Assert.ThrowsAsync<LogUnavailableException>(() => region.DecideAsync(person, id, ConsentDecision.Withdraw).AsTask());
        region.Log.OnAppend = null;

        // An access commit that meets the larger log waits for it and decides under it.
        Assert.Equal(ConsentState.Withdrawn, (await region.Ledger.WaitAsync(region.Log.Latest.Size, Cancellation)).FindConsent(id)?.State);
        Assert.Equal("state-conflict", (await region.DecideAsync(person, id, ConsentDecision.Withdraw)).Problem?.Code);
        Assert.Equal(Founded + 3, region.Ledger.Current.GovernanceSize);
        Assert.Equal(Founded + 2, region.Ledger.Current.FindConsent(id)?.LogIndex);
    }

    [Fact]
    public async Task A_change_that_failed_and_left_nothing_can_be_asked_for_again()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var id = (await region.RequestAsync(person)).Consent!.Id;

        region.Log.OnAppend = (_, _) => throw new LogUnavailableException("Injected before the commit.");
        await Assert.ThrowsAsync<LogUnavailableException>(() => region.DecideAsync(person, id, ConsentDecision.Give).AsTask());
        Assert.Equal(ConsentState.Requested, region.Ledger.Current.FindConsent(id)?.State);
        region.Log.OnAppend = null;

        Assert.Equal(ConsentState.Given, (await region.DecideAsync(person, id, ConsentDecision.Give)).Consent?.State);
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_stop_the_change()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        var id = (await region.RequestAsync(person)).Consent!.Id;
        using var gone = new CancellationTokenSource();
        region.Log.OnAppend = (_, append) =>
        {
            gone.Cancel();
            return append();
        };

        await region.Ledger.ExecuteAsync(new DecideConsent { By = TestRegion.Self(person.Handle), Subject = person.Handle, Id = id, Decision = ConsentDecision.Give }, person, gone.Token);

        Assert.Equal(ConsentState.Given, region.Ledger.Current.FindConsent(id)?.State);
    }

    [Fact]
    public async Task Waiting_for_a_size_that_the_log_never_had_is_refused()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await Assert.ThrowsAsync<LogUnavailableException>(() => region.Ledger.WaitAsync(Founded + 1, Cancellation).AsTask());
    }

    [Fact]
    public async Task After_a_restart_every_consent_stands_where_it_stood()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = (await region.ResolveAsync(TestRegion.ZhangSan), await region.ResolveAsync(TestRegion.LiSi));
        var withdrawn = (await region.RequestAsync(zhang)).Consent!.Id;
        await region.RequestAsync(li);
        await region.DecideAsync(zhang, withdrawn, ConsentDecision.Give);
        await region.DecideAsync(zhang, withdrawn, ConsentDecision.Withdraw);
        var given = (await region.RequestAsync(zhang)).Consent!.Id;
        await region.DecideAsync(zhang, given, ConsentDecision.Give);
        var before = region.Ledger.Current;

        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);

        var after = region.Ledger.Current;
        Assert.Equal(before.GovernanceSize, after.GovernanceSize);
        Assert.Equivalent(before.ConsentsOf(zhang.Handle), after.ConsentsOf(zhang.Handle), strict: true);
        Assert.Equal(before.ConsentsOf(zhang.Handle).Select(consent => consent.Id), after.ConsentsOf(zhang.Handle).Select(consent => consent.Id));
        Assert.Equivalent(before.ConsentsOf(li.Handle), after.ConsentsOf(li.Handle), strict: true);
        Assert.Equal("state-conflict", (await region.DecideAsync(await region.ResolveAsync(TestRegion.ZhangSan), withdrawn, ConsentDecision.Withdraw)).Problem?.Code);
    }
}
