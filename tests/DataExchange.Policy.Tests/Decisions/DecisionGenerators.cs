using CsCheck;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>Requests and rules that are mostly in order and sometimes not.</summary>
internal static class DecisionGenerators
{
    private const string Residence = Fixture.TestRegion.Dataset;

    private static readonly Gen<string[]> Fields =
        OneOf("name", "birthDate", "income", "health", "married", "weight", "faith", "shoeSize", "*").Array[0, 5];

    public static readonly Gen<ExchangeRequest> Requests = Gen.Select(
        OneOf("housing-system", "housing-system", "housing-system", "housing-bound", "housing-other", "centre-system", "nobody"),
        OneOf("department-system", "department-system", "department-system", "desk-clerk", "citizen"),
        OneOf(Residence, Residence, Residence, "registry/informants", "registry/nothing"),
        OneOf("rental", "rental", "rental", "welfare", "none"),
        Fields,
        OneOf(ExchangeMode.Query, ExchangeMode.Query, ExchangeMode.Batch),
        Gen.Bool,
        OneOf<int?>(2010, 2020, null),
        (client, role, dataset, purpose, fields, mode, lenient, born) => Request with
        {
            Actor = new Actor { ClientId = client, Roles = [role] },
            Dataset = dataset,
            Purpose = purpose,
            Fields = fields,
            Mode = mode,
            Lenient = lenient,
            BirthDate = born is { } year ? new DateOnly(year, 6, 1) : null,
        });

    public static readonly Gen<ConsentRecord> Consents = Gen.Select(
        Gen.Int[0, 5],
        OneOf("income", "health", "married").Array[1, 3],
        OneOf(Enum.GetValues<ConsentKind>()),
        OneOf(ConsentState.Given, ConsentState.Given, ConsentState.Renewed, ConsentState.Requested, ConsentState.Withdrawn),
        OneOf(Enum.GetValues<ExpressedBy>()),
        OneOf(2, 3, 3),
        Gen.Int[-1, 2],
        (id, fields, kind, state, by, revision, days) => Consent with
        {
            Id = $"c{id}", Fields = fields, Kind = kind, State = state, ExpressedBy = by, NoticeRevision = revision, ValidTo = Now.AddDays(days),
        });

    public static readonly Gen<GovernanceEvent[]> Histories = Consents.Array[0, 6].Select(
        consents => (GovernanceEvent[])[.. History, .. consents.DistinctBy(consent => consent.Id).Select(consent => new PersonalChanged("consent.given", consent))]);

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Names of the fields that the rules permit.</summary>
    public static HashSet<string> Permitted(ExchangeRequest request, RegionSnapshot rules, DateTimeOffset? now = null) =>
        [.. PolicyDecisionPoint.Decide(request, rules, now ?? Now).Permitted.Select(field => field.Name)];
}
