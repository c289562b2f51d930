using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Governance;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Tests.Personal;

/// <summary>Every register about people survives a restart, is rebuilt from the log for a replay, and ends with an erasure.</summary>
public class PersonalRegisterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_stood_before_a_restart_stands_after_it_and_in_a_replay()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        await FillAsync(region, person);
        var before = region.Ledger.Current;
        Assert.Equal(5, Of(before, person).Count);
        Assert.All(Of(before, person), Assert.NotNull);

        var replayed = await region.Ledger.AtAsync(before.GovernanceSize, person.Handle, Cancellation);
        Assert.Equivalent(Of(before, person), Of(replayed, person), strict: true);
        Assert.Empty((await region.Ledger.AtAsync(before.GovernanceSize - 7, person.Handle, Cancellation)).Restrictions.Of(person.Handle));

        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
        var after = region.Ledger.Current;
        Assert.Equal(before.GovernanceSize, after.GovernanceSize);
        Assert.Equivalent(Of(before, person), Of(after, person), strict: true);
        Assert.Equal(before.Disputes.All, after.Disputes.All);
    }

    [Fact]
    public async Task Nothing_of_an_erased_person_stays_in_any_of_them()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var person = await region.ResolveAsync(TestRegion.ZhangSan);
        await FillAsync(region, person);
        Assert.NotEmpty(region.Ledger.Current.About(person.Handle));

        await region.Ledger.OrderErasureAsync(new ErasureOrdered(new string('0', 32), 1, ErasureBasis.OtherLaw, "operator"), [person.Handle], Cancellation);
        Assert.Empty(region.Ledger.Current.About(person.Handle));

        await region.StartAsync();
        await region.Ledger.FoundAsync(TestRegion.Founding(), Cancellation);
        Assert.Empty(region.Ledger.Current.About(person.Handle));
    }

    /// <summary>One record in each register, the hold confirmed.</summary>
    private static async Task FillAsync(LedgerRegion region, Subject person)
    {
        var stranger = await region.ResolveAsync(TestRegion.LiSi);
        var now = region.Time.GetUtcNow();
        var self = new Party { ClientId = "desk", UserId = "citizen", Roles = [Roles.Citizen], Self = person.Handle };
        Party Official(string member, string role, string user) => new() { Member = member, ClientId = member + "-system", UserId = user, Roles = [role] };
        var steward = Official(TestRegion.Police, Roles.Steward, "steward");

        var hold = await DoAsync(region, person, new RequestHold { By = steward, Reason = HoldReason.CourtOrder, ExemptPurposes = [], ValidTo = now.AddDays(9) });
        await DoAsync(region, person, new ConfirmHold { Id = hold, By = new Party { ClientId = "desk", UserId = "reviewer", Roles = [Roles.Reviewer] } });
        await DoAsync(region, person, new RequestMandate
        {
            By = self,
            Kind = MandateKind.Agent,
            Delegate = stranger.Handle,
            Confirmers = [],
            Needed = 0,
            Themes = [TestRegion.Rental],
            ValidTo = now.AddDays(9),
        });
        await DoAsync(region, person, new RequestBreakGlass
        {
            By = Official(TestRegion.Housing, Roles.DeskClerk, "clerk"),
            Reason = BreakGlassReason.Disaster,
            Explanation = "Flood.",
            Minutes = 5,
            SecondPerson = false,
        });
        await DoAsync(region, person, new ReportError { By = self, Dataset = TestRegion.Residence, Field = "name", Reason = CorrectionReason.Wrong, Explanation = "Misspelt.", Decision = 0 });
        await DoAsync(region, person, new Complain { By = self, Member = TestRegion.Housing, Ground = ComplaintGround.Conduct, Explanation = "Rude." });
        var dispute = new OpenDispute { By = Official(TestRegion.Housing, Roles.Steward, "steward"), Respondent = TestRegion.Police, Matter = DisputeMatter.Agreement, Reference = "residence-1", Ground = DisputeGround.Late };
        Assert.Null((await region.Ledger.ExecuteAsync(dispute, null, Cancellation)).Problem);
    }

    private static async Task<string> DoAsync(LedgerRegion region, Subject person, GovernanceCommand command)
    {
        CommandResult result = await region.Ledger.ExecuteAsync(command with { Subject = person.Handle }, person, Cancellation);
        Assert.True(result.Problem is null, $"{command.GetType().Name}: {result.Detail}");
        return result.Id!;
    }

    private static List<object> Of(RegionSnapshot rules, Subject person) =>
    [
        .. rules.Restrictions.Of(person.Handle), .. rules.Mandates.Of(person.Handle), .. rules.BreakGlass.Of(person.Handle),
        .. rules.Corrections.Of(person.Handle), .. rules.Complaints.Of(person.Handle),
    ];
}
