using System.Globalization;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Cedar;

/// <summary>The rules of a world as Cedar policies. <c>tests/cedar/README.md</c> says what becomes what.</summary>
internal static class CedarTranslation
{
    public const string Schema =
        """
        namespace DX {
          entity Member;
          entity Client in [Member] { thumbprint?: String };
          entity Dataset { revision: Long, scheme: String, fields: Set<String>, releases: Set<String>, sensitive: Set<String> };
          entity Purpose { registered: Bool };
          entity Notice { revision: Long, texts: Set<String> };
          entity Person;
          entity Case { open: Bool };
          entity Mandate { principal: Person, state: String, from: Long, to: Long, purposes: Set<Purpose>, datasets: Set<Dataset> };
          entity BreakGlass { granted: Bool };
          action query, batch appliesTo {
            principal: Client,
            resource: Dataset,
            context: {
              now: Long, today: Long, used: Long, person: Person, born?: Long, purpose: Purpose, scheme: String, fields: Set<String>, roles: Set<String>,
              boundTo?: String, presented?: String, case?: Case, mandate?: Mandate, breakGlass?: BreakGlass
            }
          };
        }
        """;

    private const string Consent = "consent";

    public static Dictionary<string, string> Policies(CedarWorld world)
    {
        var policies = new Dictionary<string, string>
        {
            ["registered-certificate"] = "forbid (principal, action, resource) when { principal has thumbprint } unless { context has boundTo && context has presented && context.boundTo == principal.thumbprint && context.presented == principal.thumbprint };",
            ["bound-token"] = "forbid (principal, action, resource) when { context has boundTo } unless { context has presented && context.presented == context.boundTo };",
            ["registered-purpose"] = "forbid (principal, action, resource) unless { context.purpose has registered && context.purpose.registered };",
            ["scheme"] = "forbid (principal, action, resource) unless { resource has scheme && resource.scheme == context.scheme };",
            ["fields-held"] = "forbid (principal, action, resource) unless { resource has fields && resource.fields.containsAll(context.fields) };",
            ["role"] = """forbid (principal, action, resource) unless { context.roles.containsAny(["department-system", "desk-clerk"]) };""",
            ["clerk-needs-case"] = $$"""forbid (principal, action, resource) when { context.roles.contains("desk-clerk") && !context.roles.contains("department-system") } unless { {{OpenCase}} };""",
            ["named-case"] = $$"""forbid (principal, action, resource) when { context has case } unless { {{OpenCase}} };""",
            ["mandate"] = """
                forbid (principal, action, resource) when { context has mandate }
                unless {
                  context.mandate has principal && context.mandate.principal == context.person && context.mandate.state == "Active"
                  && context.mandate.from <= context.now && context.now < context.mandate.to
                  && (context.mandate.purposes.contains(context.purpose) || context.mandate.datasets.contains(resource))
                };
                """,
            ["break-glass"] = "forbid (principal, action, resource) when { context has breakGlass } unless { context.breakGlass has granted && context.breakGlass.granted };",
        };

        foreach (var dataset in world.Datasets.Where(dataset => dataset.ShareClass == ShareClass.Prohibited))
        {
            policies[$"prohibited {dataset.Code}"] = $"forbid (principal, action, resource == {Entity("Dataset", dataset.Code)});";
        }

        foreach (var person in world.Restricted)
        {
            policies[$"restricted {person}"] = $"forbid (principal, action, resource) when {{ context.person == {Entity("Person", person.Value)} }};";
        }

        foreach (var (purpose, dataset) in from purpose in world.Purposes from dataset in world.Datasets select (purpose, dataset))
        {
            var within = purpose.Limits.GetValueOrDefault(dataset.Code) is { Count: > 0 } limit ? $" unless {{ {Set(limit)}.containsAll(context.fields) }}" : "";
            policies[$"purpose {purpose.Code} {dataset.Code}"] =
                $"forbid (principal, action, resource == {Entity("Dataset", dataset.Code)}) when {{ context.purpose == {Entity("Purpose", purpose.Code)} }}{within};";
        }

        foreach (var entry in world.Agreements)
        {
            policies[$"agreement {entry.Agreement.Id}@{entry.Agreement.Revision}"] = Permit(entry, world.Consents);
        }

        return policies;
    }

    private static string OpenCase => "context has case && context.case has open && context.case.open";

    private static string Permit(AgreementEntry entry, IReadOnlyList<ConsentRecord> consents)
    {
        var agreement = entry.Agreement;
        var actions = agreement.Mode switch
        {
            ExchangeMode.Query => """[DX::Action::"query"]""",
            ExchangeMode.Batch => """[DX::Action::"batch"]""",
            _ => """[DX::Action::"query", DX::Action::"batch"]""",
        };
        string[] terms =
        [
            $"{Set(agreement.Clients.Select(client => Entity("Client", client)), quoted: false)}.contains(principal)",
            $"{Quote(entry.State.ToString())} == \"Active\"",
            $"resource.revision == {Number(agreement.DatasetRevision)}",
            $"{Number(agreement.ValidFrom)} <= context.now && context.now < {Number(agreement.ValidTo)}",
            .. agreement.Quota is { } quota ? [$"context.used < {Number(quota.Requests)}"] : (string[])[],
            Or(agreement.Grants.Select(grant => Conditions(grant, agreement, consents))),
        ];
        return $"permit (principal in {Entity("Member", agreement.Consumer)}, action in {actions}, resource == {Entity("Dataset", agreement.Dataset)})\nwhen {{ {And(terms)} }};";
    }

    private static string Conditions(Grant grant, SharingAgreement agreement, IReadOnlyList<ConsentRecord> consents) => And(
    [
        $"context.purpose == {Entity("Purpose", grant.Purpose)}",
        $"{Set(Obligations.Known.Order(StringComparer.Ordinal))}.containsAll({Set(grant.Obligations)})",
        .. grant.CaseRequired ? [OpenCase] : (string[])[],
        $"{Set(grant.Fields.Select(field => field.Name))}.containsAll(context.fields)",
        .. grant.Fields.Select(field => $"(!context.fields.contains({Quote(field.Name)}) || {Conditions(field, grant, agreement, consents)})"),
    ]);

    private static string Conditions(GrantedField field, Grant grant, SharingAgreement agreement, IReadOnlyList<ConsentRecord> consents)
    {
        var released = field.Transform == FieldTransform.None ? "false" : $"resource.releases.contains({Quote($"{field.Name}:{field.Transform}")})";
        var basis = (field.Basis, HasCitation: !string.IsNullOrEmpty(field.Citation)) switch
        {
            (LegalBasis.None, _) => "false",
            (LegalBasis.Consent, _) => Consent,
            (_, false) => "false",
            _ when field.SeparateConsent => Consent,
            _ => "true",
        };
        if (basis == Consent)
        {
            basis = Or(consents
                .Where(consent => consent.Recipient == agreement.Consumer && consent.Purpose == grant.Purpose && consent.Dataset == agreement.Dataset && consent.Fields.Contains(field.Name))
                .Select(consent => Conditions(consent, field)));
        }

        return And([released, basis]);
    }

    /// <summary>Whether a consent that speaks of this use of the field serves: everything about it that can be at fault is left for Cedar to find.</summary>
    private static string Conditions(ConsentRecord consent, GrantedField field)
    {
        var notice = Entity("Notice", consent.Notice);
        var isSeparate = $"[\"Separate\", \"Written\"].contains({Quote(consent.Kind.ToString())})";
        return And(
        [
            $"context.person == {Entity("Person", consent.Subject.Value)}",
            $"[\"Given\", \"Renewed\"].contains({Quote(consent.State.ToString())})",
            consent.ValidFrom is { } from ? $"{Number(from)} <= context.now" : "false",
            $"context.now < {Number(consent.ValidTo)}",
            $"{notice} has revision && {notice}.revision == {Number(consent.NoticeRevision)} && {notice}.texts.contains({Quote($"{consent.Language}:{consent.NoticeHash}")})",
            // Under 14 on this day: dates as numbers, yyyymmdd, so that fourteen years are 140000.
            $"(!(context has born && context.born > context.today - 140000) || {Quote(consent.ExpressedBy.ToString())} == \"Guardian\")",
            field.SeparateConsent ? isSeparate : $"(!resource.sensitive.contains({Quote(field.Name)}) || {isSeparate})",
        ]);
    }

    public static string Entity(string type, string id) => $"DX::{type}::{Quote(id)}";

    public static long Number(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string And(IEnumerable<string> terms) => $"({string.Join(" && ", terms)})";

    private static string Or(IEnumerable<string> terms) => string.Join(" || ", terms) is { Length: > 0 } any ? $"({any})" : "false";

    private static string Set(IEnumerable<string> items, bool quoted = true) => $"[{string.Join(", ", quoted ? items.Select(Quote) : items)}]";

    // The generator's texts need no escapes.
    private static string Quote(string text) => text.AsSpan().ContainsAny('"', '\\') ? throw new ArgumentException("The text needs escaping.", nameof(text)) : $"\"{text}\"";
}
