using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>Rules, requests and consents to begin a test with.</summary>
internal static class TestRegion
{
    public const string Dataset = "registry/residence";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly SubjectHandle Person = new(new string('a', 64));

    public static readonly SubjectHandle Stranger = new(new string('b', 64));

    /// <summary>The consumer's system, its clerk, and the person.</summary>
    public static readonly Party HousingSystem = new() { Member = "housing", ClientId = "housing-system", Roles = [Roles.DepartmentSystem] };

    public static readonly Party HousingClerk = new() { Member = "housing", ClientId = "desk", UserId = "clerk", Roles = [Roles.DeskClerk] };

    public static readonly Party Self = new() { ClientId = "citizen-app", Roles = [Roles.Citizen], Self = Person };

    public static readonly FoundingDocument Document = TestFounding.Signed().Read();

    public static readonly IReadOnlyList<GovernanceEvent> History = [.. FoundingFile.Events(Document)];

    public static readonly RegionSnapshot Founded = Fold(History);

    /// <summary>A request that is permitted without any consent.</summary>
    public static readonly ExchangeRequest Request = new()
    {
        Actor = new Actor { ClientId = "housing-system", Roles = ["department-system"] },
        Subject = Person,
        SubjectScheme = "cn-resident-id",
        BirthDate = new DateOnly(1980, 1, 1),
        Dataset = Dataset,
        Purpose = "rental",
        Fields = ["name", "birthDate"],
        Mode = ExchangeMode.Query,
    };

    /// <summary>A general consent to <c>income</c> and <c>married</c>, in force.</summary>
    public static ConsentRecord Consent { get; } = new()
    {
        Id = "c1",
        Subject = Person,
        Notice = "rental-consent",
        NoticeRevision = 3,
        NoticeHash = Document.Notices[0].HashOf("zh")!,
        Language = "zh",
        Purpose = "rental",
        Dataset = Dataset,
        Recipient = "housing",
        Fields = ["income", "married"],
        Kind = ConsentKind.General,
        State = ConsentState.Given,
        ValidFrom = Now.AddDays(-1),
        ValidTo = Now.AddDays(1),
        ExpressedBy = ExpressedBy.Self,
    };

    public static RegionSnapshot Fold(IEnumerable<GovernanceEvent> events) =>
        events.Aggregate(RegionSnapshot.Empty, (rules, @event) => rules.Apply(@event, rules.GovernanceSize));

    public static RegionSnapshot With(this RegionSnapshot rules, params ConsentRecord[] consents) =>
        consents.Aggregate(rules, (next, consent) => next.Apply(new PersonalChanged(LeafKinds.ConsentGiven, consent), next.GovernanceSize));

    /// <summary>The rules with a protective hold on a person.</summary>
    public static RegionSnapshot Restrict(this RegionSnapshot rules, SubjectHandle person) => rules.Apply(
        new PersonalChanged(LeafKinds.RestrictionImposed, new RestrictionRecord { Id = "h-" + person.Value[..4], Subject = person, Kind = RestrictionKind.Hold, State = RestrictionState.InForce, Purposes = [] }),
        rules.GovernanceSize);

    /// <summary>The rules with the one agreement of <c>housing</c> changed.</summary>
    public static RegionSnapshot WithAgreement(Func<SharingAgreement, SharingAgreement> change) =>
        Founded.Apply(new AgreementActivated(new SignedAgreement { Agreement = change(Document.Agreements[0].Agreement), Approvals = [] }), Founded.GovernanceSize);

    public static RegionSnapshot WithGrant(Func<Grant, Grant> change) => WithAgreement(agreement => agreement with { Grants = [change(agreement.Grants[0])] });

    public static RegionSnapshot WithField(string name, Func<GrantedField, GrantedField> change) =>
        WithGrant(grant => grant with { Fields = [.. grant.Fields.Select(field => field.Name == name ? change(field) : field)] });
}
