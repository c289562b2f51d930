using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Tests.Agreements;
using DataExchange.Policy.Tests.Fixture;

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
        GovernanceEvent[] others = [new ErasureOrdered("id", 1, ErasureBasis.Unlawful, "client"), new LogAdopted("origin", "vkey", new StoredTree(1, "root"), ["note"], 1, "order", "reason")];
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

    private static IEnumerable<string> Members(GovernanceEvent @event) => JsonNode.Parse(GovernanceRecords.Write(@event))!.AsObject().Select(member => member.Key);

    [GeneratedRegex(@"^\| `(?<kind>[a-z-]+\.[a-z-]+)` \| (?<how>open|sealed) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
