using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Agreements;

/// <summary>A region that has no agreement yet, and one that is about to be made: over a sensitive field, so that three sign.</summary>
internal static class TestAgreements
{
    public const string Id = "made";

    public static readonly DateTimeOffset Now = TestRegion.Now;

    public static readonly RegionSnapshot Bare = TestRegion.Fold(TestRegion.History.Where(@event => @event is not AgreementEvent));

    public static readonly SharingAgreement Agreement = Write(_ => { });

    public static IReadOnlyList<string> Parties { get; } = ["registry", "housing", "data-bureau"];

    /// <summary>The agreement as its author writes it, changed before it is read.</summary>
    public static SharingAgreement Write(Action<JsonObject> change)
    {
        var json = Words(change);
        var (agreement, faults) = AgreementDocument.Read(JsonSerializer.SerializeToElement(json));
        Assert.True(agreement is not null, string.Join(Environment.NewLine, faults));
        return agreement;
    }

    public static JsonObject Words(Action<JsonObject> change)
    {
        var json = new TestFounding().Agreement.DeepClone().AsObject();
        json["id"] = Id;
        change(json);
        return json;
    }

    public static string Sign(SharingAgreement agreement, string member) => TestFounding.Approve(JsonNode.Parse(AgreementDocument.WordsOf(agreement).GetRawText())!, member);

    public static Party StewardOf(string member) => new() { Member = member, ClientId = member + "-steward", UserId = "s", Roles = [Roles.Steward] };

    public static RegionSnapshot After(this RegionSnapshot rules, params IEnumerable<GovernanceEvent> events) => events.Aggregate(
        rules,
        // From the record, as another start reads it, and not from the object that made it.
        (next, @event) => next.Apply(GovernanceRecords.Read(@event.Kind, GovernanceRecords.Write(@event)), next.GovernanceSize, Now));

    public static RegionSnapshot Submitted(SharingAgreement? agreement = null) => Bare.After(
        new AgreementDrafted(agreement ?? Agreement), new AgreementRequested(Id, (agreement ?? Agreement).Revision, StatutoryClocks.ReplyConditional.Code));

    /// <summary>Signed by these, in turn.</summary>
    public static RegionSnapshot SignedBy(this RegionSnapshot rules, params IEnumerable<string> members) =>
        members.Aggregate(rules, (next, member) => next.Do(new ApproveAgreement(Sign(next.Agreements.FindRecord(Id)!.Pending!.Agreement, member)) { Id = Id }, member));

    public static RegionSnapshot Approved() => Submitted().SignedBy(Parties);

    public static RegionSnapshot Active() => Approved().Do(new ProvisionAgreement { Id = Id }, "registry");

    /// <summary>The rules after a command that is accepted.</summary>
    public static RegionSnapshot Do(this RegionSnapshot rules, AgreementCommand command, string member, DateTimeOffset? now = null)
    {
        var outcome = (command with { By = StewardOf(member) }).Handle(rules, now ?? Now);
        Assert.True(outcome.Event is not null, $"{outcome.Detail} {string.Join("; ", outcome.Faults ?? [])}");
        return rules.After(outcome.Event);
    }

    /// <summary>What a command comes to.</summary>
    public static CommandOutcome Try(this RegionSnapshot rules, AgreementCommand command, string member, DateTimeOffset? now = null) =>
        (command with { By = StewardOf(member) }).Handle(rules, now ?? Now);
}
