using System.Net;
using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Anomalies;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static DataExchange.Enforcement.Tests.Anomalies.WatchedOffice;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Anomalies;

public sealed class AnomalyWatchTests
{
    private static readonly AnomalyRuleSet None = new() { Revision = 1, ExemptHours = 2, StepUpAcr = StrongAcr };

    private static AnomalyRuleSet CasesMatter(AnomalyAction action) => None with { NoOpenCase = new CountLimits(action, Allowed: 1) };

    [Fact]
    public async Task Nobody_is_watched_without_rules_and_no_system_is_watched_with_them()
    {
        await using var unwatched = await OpenAsync(null);
        await using var watched = await OpenAsync(CasesMatter(AnomalyAction.HoldForReview));
        for (var i = 0; i < 4; i++)
        {
            await unwatched.AskAsync(ZhangSan).AnswerAsync();
            await watched.AskAsync(TestGateway.Token(HousingClient), ZhangSan).AnswerAsync();
        }

        Assert.Empty(unwatched.Findings);
        Assert.Empty(watched.Findings);
    }

    [Fact]
    public async Task What_is_found_is_entered_once_and_says_which_entries_it_rests_on()
    {
        await using var office = await OpenAsync(CasesMatter(AnomalyAction.Report));
        for (var i = 0; i < 4; i++)
        {
            await office.AskAsync(ZhangSan).AnswerAsync();
        }

        Assert.Equal("case-required", (await office.AskAsync(ZhangSan, openCase: "no-such-case").ProblemAsync()).Code);
        var finding = Assert.Single(office.Findings);
        Assert.Equal(("no-open-case", AnomalyState.Found, 2, 1, Housing), (finding.Rule, finding.State, finding.Observed, finding.Threshold, finding.Member));
        var intents = (await office.Gateway.EntriesOfAsync(ZhangSan)).Where(entry => entry.Leaf.Kind == LeafKinds.AccessRequested).Select(entry => entry.Index);
        Assert.Equal(intents.Take(2), finding.Entries);
        Assert.Equal(office.Clock.Now, finding.FoundAt);
    }

    [Fact]
    public async Task A_step_up_is_asked_for_until_the_token_shows_it()
    {
        await using var office = await OpenAsync(CasesMatter(AnomalyAction.StepUp));
        await office.AskAsync(ZhangSan).AnswerAsync();

        using var refused = await office.AskAsync(ZhangSan);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_user_authentication\", acr_values=\"strong\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal("step-up-required", (await Task.FromResult(refused).ProblemAsync()).Code);

        Assert.Equal("step-up-required", (await office.AskAsync(ZhangSan, acr: "weak").ProblemAsync()).Code);
        await office.AskAsync(ZhangSan, acr: StrongAcr).AnswerAsync();
        Assert.Equal("case-required", (await office.AskAsync(ZhangSan, openCase: "no-such-case").ProblemAsync()).Code);
        await office.AskAsync(ZhangSan, user: "wang.clerk").AnswerAsync();
        Assert.Single(office.Findings);
    }

    [Fact]
    public async Task A_throttled_official_is_told_when_it_ends_and_goes_on_then()
    {
        await using var office = await OpenAsync(None with { SubjectsPerHour = new SubjectsPerHourLimits(AnomalyAction.Throttle, 3, 1, 1, 1, 16) });
        await office.AskAsync(ZhangSan).AnswerAsync();

        using var refused = await office.AskAsync(LiSi);
        Assert.Equal(1800, refused.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal("throttled", (await Task.FromResult(refused).ProblemAsync()).Code);
        await office.AskAsync(ZhangSan, user: "wang.clerk").AnswerAsync();

        office.Clock.Now = office.Clock.Now.AddMinutes(30);
        await office.AskAsync(LiSi).AnswerAsync();
    }

    [Fact]
    public async Task Whoever_is_held_sees_nobody_until_a_reviewer_has_found_it_justified()
    {
        await using var office = await OpenAsync(
            None with { OwnRelation = new RelationLimits(AnomalyAction.HoldForReview) }, (official, subject) => official == Clerk && subject == LiSi ? Relation.Household : Relation.None);
        await office.AskAsync(ZhangSan).AnswerAsync();

        Assert.Equal("held-for-review", (await office.AskAsync(LiSi).ProblemAsync()).Code);
        Assert.Equal("held-for-review", (await office.AskAsync(ZhangSan).ProblemAsync()).Code);
        await office.AskAsync(LiSi, user: "wang.clerk").AnswerAsync();
        office.Clock.Now = office.Clock.Now.AddDays(3);
        Assert.Equal("held-for-review", (await office.AskAsync(ZhangSan).ProblemAsync()).Code);

        var finding = Assert.Single(office.Findings);
        await ReviewAsync(office, new AssignAnomaly { Id = finding.Id });
        Assert.Equal("held-for-review", (await office.AskAsync(ZhangSan).ProblemAsync()).Code);
        await ReviewAsync(office, new CloseAnomaly { Id = finding.Id, Justified = true, Reason = "The household's own matter, at the desk." });

        // The rule is silent for two hours, and only that long.
        await office.AskAsync(ZhangSan).AnswerAsync();
        await office.AskAsync(LiSi).AnswerAsync();
        office.Clock.Now = office.Clock.Now.AddDays(1);
        Assert.Equal("held-for-review", (await office.AskAsync(LiSi).ProblemAsync()).Code);
        Assert.Equal(2, office.Findings.Count);
    }

    [Fact]
    public async Task A_hold_that_was_not_justified_stays_until_it_is_lifted()
    {
        await using var office = await OpenAsync(None with { OwnRelation = new RelationLimits(AnomalyAction.HoldForReview) }, (_, subject) => subject == LiSi ? Relation.Self : Relation.None);
        Assert.Equal("held-for-review", (await office.AskAsync(LiSi).ProblemAsync()).Code);
        var finding = Assert.Single(office.Findings);
        await ReviewAsync(office, new AssignAnomaly { Id = finding.Id });
        await ReviewAsync(office, new CloseAnomaly { Id = finding.Id, Justified = false, Reason = "Curiosity." });
        Assert.Equal("held-for-review", (await office.AskAsync(ZhangSan).ProblemAsync()).Code);

        await ReviewAsync(office, new LiftAnomaly { Id = finding.Id, Reason = "Disciplined by the department." });
        await office.AskAsync(ZhangSan).AnswerAsync();
    }

    /// <summary>P-REPLAY: what the rules were told stands in the entry.</summary>
    [Fact]
    public async Task A_refusal_by_an_anomaly_rule_can_be_decided_again_from_the_log()
    {
        await using var office = await OpenAsync(CasesMatter(AnomalyAction.StepUp));
        await office.AskAsync(ZhangSan).AnswerAsync();
        var problem = await office.AskAsync(ZhangSan).ProblemAsync();

        var replayed = await office.Gateway.Services.GetRequiredService<DecisionReplay>().ReplayAsync(
            long.Parse(problem.Decision!, System.Globalization.CultureInfo.InvariantCulture), ZhangSan, static _ => true, CancellationToken.None);
        Assert.True(replayed?.Matches);
        Assert.Contains("step-up-required", Encoding.UTF8.GetString(replayed!.Replayed.Span), StringComparison.Ordinal);
    }

    /// <summary>P-BLIND: of the official there is neither in the leaf nor in the register's row anything that can be read without their key.</summary>
    [Fact]
    public async Task Who_was_found_opens_with_the_officials_key_alone()
    {
        await using var office = await OpenAsync(CasesMatter(AnomalyAction.Report));
        await office.AskAsync(ZhangSan).AnswerAsync();
        await office.AskAsync(ZhangSan).AnswerAsync();
        var finding = Assert.Single(office.Findings);
        var clerk = await office.SubjectOfAsync(Clerk);

        Assert.Equal(clerk.Handle, finding.Subject);
        Assert.True(OfficialSubject.TryOpen(clerk, finding.Official, out var official));
        Assert.Equal(Clerk, official);
        Assert.False(OfficialSubject.TryOpen(await office.SubjectOfAsync(new Official("other", "other")), finding.Official, out _));

        var row = PersonalRegisters.Of(LeafKinds.AnomalyFound).WriteRow(finding);
        Assert.DoesNotContain(Clerk.UserId, Encoding.UTF8.GetString(row), StringComparison.Ordinal);
        var entry = await office.Gateway.Logs.Governance.ReadAsync(finding.LogIndex, 1, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        Assert.True(Leaf.TryDecode(entry.Leaf, out var leaf) && !leaf.IsOpen && leaf.Kind == LeafKinds.AnomalyFound);
        Assert.True(RecordSealer.TryOpen(clerk, entry, out _));
    }

    [Fact]
    public async Task Averages_are_read_from_the_access_log_at_a_start()
    {
        var rules = None with { SubjectsPerHour = new SubjectsPerHourLimits(AnomalyAction.Report, Factor: 1, Floor: 1, Ceiling: 100, Newcomer: 50, MinActiveHours: 2) };
        await using var office = await OpenAsync(rules);
        SubjectRef[] people = [ZhangSan, LiSi];
        for (var hour = 0; hour < 3; hour++)
        {
            foreach (var person in people)
            {
                await office.AskAsync(person).AnswerAsync();
                await office.AskAsync(person).AnswerAsync();
            }

            office.Clock.Now = office.Clock.Now.AddHours(1);
        }

        var engine = new AnomalyEngine();
        using var recall = new BaselineRecall(
            engine, office.Gateway.Logs, office.Gateway.Vault, office.Gateway.Ledger, office.Gateway.Services.GetRequiredService<LogClock>(), TimeProvider.System, NullLogger<BaselineRecall>.Instance);
        await recall.StartAsync(CancellationToken.None);
        await recall.ExecuteTask!;

        Assert.True(recall.IsComplete);
        Assert.Equal(1, engine.Officials);
        IReadOnlyList<AnomalySignal>? signals = null;
        for (var i = 1UL; i <= 3; i++)
        {
            signals = engine.Observe(
                Clerk, new AccessAttempt { TimeMs = office.Clock.Now.ToUnixTimeMilliseconds(), Subject = i, Dataset = Residence, NamesCase = true },
                rules, DataExchange.Contracts.Calendars.WorkingCalendar.China).Signals;
        }

        var found = Assert.Single(signals!);
        Assert.Equal((3, 2), (found.Observed, found.Threshold));
        Assert.Equal((3, 6), (found.Figures["activeHours"], found.Figures["subjectsInActiveHours"]));
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_finding_is_entered()
    {
        await using var office = await OpenAsync(CasesMatter(AnomalyAction.Throttle));
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await office.AskAsync(ZhangSan);
            return response.StatusCode;
        }));

        Assert.Equal(1, codes.Count(code => code == HttpStatusCode.OK));
        Assert.Equal(19, codes.Count(code => code == HttpStatusCode.TooManyRequests));
        Assert.Single(office.Findings);
    }

    private static async Task ReviewAsync(WatchedOffice office, ReviewAnomaly command)
    {
        var clerk = await office.SubjectOfAsync(Clerk);
        var by = new Party { ClientId = "desk", UserId = "reviewer", Roles = [Roles.Reviewer] };
        var result = await office.Gateway.Ledger.ExecuteAsync(command with { By = by, Subject = clerk.Handle }, clerk, CancellationToken.None);
        Assert.Null(result.Problem);
    }
}
