using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataExchange.Contracts.Calendars;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Calendars;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Tests.Agreements;
using DataExchange.Policy.Tests.Anomalies;
using DataExchange.Policy.Tests.Catalogue;
using DataExchange.Policy.Tests.Fixture;
using DataExchange.Policy.Tests.Scorecards;

namespace DataExchange.Policy.Tests.Contracts;

/// <summary><c>contracts/governance-events.md</c> against the records that are written.</summary>
public partial class GovernanceDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "governance-events.md"));

    [Fact]
    public void It_lists_every_kind_of_governance_entry_as_open_or_sealed()
    {
        var kinds = typeof(LeafKinds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!)
            .Where(kind => !kind.StartsWith("access.", StringComparison.Ordinal));
        Assert.Equal(
            kinds.Select(kind => (kind, LeafKinds.IsOpen(kind) ? "open" : "sealed")).Order(),
            Row().Matches(Document).Select(row => (row.Groups["kind"].Value, row.Groups["how"].Value)).Order());
    }

    [Fact]
    public void It_names_every_member_of_every_record()
    {
        var asked = new PersonalChanged(LeafKinds.ConsentGiven, TestRegion.Consent with { AssistedBy = "clerk", EvidenceHash = "hash" });
        var consents = Document[Document.IndexOf("## Consents", StringComparison.Ordinal)..];
        Assert.All(Members(asked), member => Assert.Contains($"`{member}`", consents, StringComparison.Ordinal));
        var ended = new PersonalChanged(LeafKinds.CaseCompleted, TestCases.Completed);
        var cases = Document[Document.IndexOf("## Cases", StringComparison.Ordinal)..];
        Assert.All(Members(ended), member => Assert.Contains($"`{member}`", cases, StringComparison.Ordinal));
        var findings = Document[Document.IndexOf("## Findings", StringComparison.Ordinal)..Document.IndexOf("## Erasures", StringComparison.Ordinal)];
        Assert.All(Members(AnomalyReviewTests.Whole), member => Assert.Contains($"`{member}`", findings, StringComparison.Ordinal));
        GovernanceEvent[] others =
        [
            new ErasureOrdered("id", 1, ErasureBasis.Unlawful, "client"),
            new LogAdopted("origin", "vkey", new StoredTree(1, "root"), ["note"], 1, "order", "reason"),
            new MatterDefined(TestCases.Home),
            new MonitoringSet(AnomalyRuleSet.Recommended),
            new DatasetPublished(TestEntries.Complete with { Conditions = "words", Prohibition = "law", SecrecyAssessment = "reference" }, TestEntries.Reviewer),
            new DatasetDrafted(TestEntries.Complete, TestEntries.Steward),
            new DatasetSubmitted("code", 1, TestEntries.Steward),
            new DatasetReturned("code", 1, "reason", TestEntries.Reviewer),
            new DatasetDiscarded("code", 1, TestEntries.Steward),
            new DatasetWithdrawn("code", 1, "reason", TestEntries.Steward),
            new ScorecardPublished(PublishScorecardTests.Card),
            .. MemberEvents(),
        ];
        foreach (var @event in TestRegion.History.Concat(others).Concat(AgreementEvents))
        {
            var row = Row().Matches(Document).Single(row => row.Groups["kind"].Value == @event.Kind).Value;
            Assert.All(Members(@event), member => Assert.Contains($"`{member}`", row, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<GovernanceEvent> AgreementEvents =>
    [
        new AgreementDrafted(TestAgreements.Agreement),
        new AgreementRequested("id", 1, "reply-conditional"),
        new AgreementSupplementRequested("id", 1, "reason"),
        new AgreementSupplemented(TestAgreements.Agreement, "reply-conditional"),
        new AgreementExtended("id", 1, 10, "reason"),
        new AgreementApproved("id", 1, "registry", "jws", ["housing"]),
        new AgreementRefused("id", 1, "registry", [new RefusalReason(RefusalGround.FormFault, "detail", "$.basis")]),
        new AgreementWithdrawn("id", 1, "reason"),
        new AgreementSuspended("id", "reason", "registry", new SuspensionRule(SuspensionCause.Refusals, 1, 1)),
        new AgreementResumed("id", "registry", "reason"),
        new AgreementTerminated("id", "registry", "reason"),
        new AgreementEscalated("id", 1, "provision", TestRegion.Now, TestRegion.Now, "registry"),
    ];

    [Fact]
    public void It_names_every_ground_of_a_refusal() => Assert.All(
        Enum.GetValues<RefusalGround>().Where(ground => ground != RefusalGround.None), ground => Assert.Contains($"`{ground}`", Document, StringComparison.Ordinal));

    [Fact]
    public void It_names_every_ground_of_an_erasure() => Assert.All(
        Enum.GetValues<ErasureBasis>().Where(basis => basis != ErasureBasis.None), basis => Assert.Contains($"`{basis}`", Document, StringComparison.Ordinal));

    private static IEnumerable<GovernanceEvent> MemberEvents() =>
    [
        new MemberSuspended("m1", "x"), new MemberReinstated("m1", "x"), new KeyRotated("m1", 1, TestMembers.Jwks(1), "s"), new ClientsSet("m1", 1, [], "s"),
        new ProposalMade("p", "quorum.set", TestMembers.Jwks(1), "x", "m1", TestRegion.Now) { Of = 1 }, new ProposalApproved("p", "s"), new ProposalRejected("p", "s", "x"),
        new ProposalWithdrawn("p"), new QuorumSet(new RegionQuorum { Approvals = 2 }), new PurposeWithdrawn("rental", "x"),
        new CalendarSet(WorkingCalendar.China.Years.First()),
    ];

    private static IEnumerable<string> Members(GovernanceEvent @event) => JsonNode.Parse(GovernanceRecords.Write(@event))!.AsObject().Select(member => member.Key);

    [GeneratedRegex(@"^\| `(?<kind>[a-z-]+\.[a-z-]+)` \| (?<how>open|sealed) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
