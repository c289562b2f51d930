using DataExchange.Contracts.Log;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>A matter and cases of it to begin a test with.</summary>
internal static class TestCases
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    public static readonly Matter Home = new()
    {
        Code = "home",
        Revision = 1,
        Names = Text("住房", "A home"),
        Service = "Housing",
        Desks = ["housing-system"],
        Needs =
        [
            Need("residence", Necessity.Required, "register", "police", "name", "birthDate"),
            Need("weight", Necessity.Required, "register", "surgery", "weight") with { AbsenceAnswers = true },
            Need("income", Necessity.Optional, "pay-slip", "police", "income", "married"),
            Need("health", Necessity.Optional, "attestation", "surgery", "health"),
        ],
        Form = [new FormPosition("residence", "name", "applicant.name")],
        OpenDays = 10,
        RetentionDays = 30,
    };

    public static readonly RegionSnapshot Defined = Founded.Apply(new MatterDefined(Home), Founded.GovernanceSize);

    public static readonly Party Clerk = new() { Member = "housing", ClientId = "housing-system", UserId = "li", Roles = [Roles.DeskClerk] };

    public static readonly Party DeskSystem = new() { Member = "housing", ClientId = "housing-system", Roles = [Roles.DepartmentSystem] };

    public static readonly Party Citizen = new() { ClientId = "app", UserId = "somebody", Roles = [Roles.Citizen], Self = Person };

    /// <summary>Opened by the clerk an hour ago.</summary>
    public static readonly CaseRecord Open = new()
    {
        Id = Id,
        Subject = Person,
        Matter = "home",
        MatterRevision = 1,
        State = CaseState.Open,
        Desk = "housing-system",
        Department = "housing",
        OpenedBy = "li",
        Opened = Now.AddHours(-1),
        Expires = Now.AddDays(9),
        Results = [],
    };

    public static readonly CaseRecord Ready = Open with { State = CaseState.Ready, Results = [Released("residence", 10), NoRecord("weight", 12)] };

    public static readonly CaseRecord Completed = Ready with { State = CaseState.Completed, Ended = Now, EndedBy = "li", DocumentsSpared = 1, CountersSpared = 2 };

    public static RegionSnapshot With(this RegionSnapshot rules, params CaseRecord[] cases) =>
        cases.Aggregate(rules, (next, @case) => next.Apply(new PersonalChanged(LeafKinds.CaseOpened, @case), next.GovernanceSize));

    public static NeedResult Released(string need, long at) =>
        new() { Need = need, Outcome = NeedOutcome.Released, Decision = at, Receipt = at + 1, Digest = Convert.ToBase64String(new byte[32]) };

    public static NeedResult NoRecord(string need, long at) => new() { Need = need, Outcome = NeedOutcome.NoRecord, Decision = at, Receipt = at + 1 };

    private static MatterNeed Need(string code, Necessity necessity, string document, string counter, params string[] fields) => new()
    {
        Code = code,
        Dataset = TestRegion.Dataset,
        Purpose = "rental",
        Fields = fields,
        Necessity = necessity,
        Why = Text("需要", "It is needed."),
        Document = new Spared { Code = document, Names = Text("文件", "A document") },
        Counter = new Spared { Code = counter, Names = Text("窗口", "A counter") },
    };

    public static LocalizedText Text(string zh, string en) => new() { ["zh"] = zh, ["en"] = en };
}
