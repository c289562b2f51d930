using System.Text.Json.Nodes;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Cedar;

/// <summary>A world and its requests as <c>tests/cedar/evaluate.mjs</c> reads them.</summary>
internal static class CedarDocuments
{
    public static string Write(CedarWorld world, IReadOnlyList<ExchangeRequest> requests) => new JsonObject
    {
        ["schema"] = CedarTranslation.Schema,
        ["policies"] = new JsonObject(CedarTranslation.Policies(world).Select(policy => KeyValuePair.Create(policy.Key, (JsonNode?)policy.Value))),
        ["entities"] = new JsonObject(Entities(world).Select(entity => KeyValuePair.Create(entity.Uid, (JsonNode?)entity.Json))),
        ["requests"] = new JsonArray([.. requests.Select(request => Request(request, world))]),
    }.ToJsonString();

    private static IEnumerable<(string Uid, JsonObject Json)> Entities(CedarWorld world)
    {
        foreach (var (member, client) in world.Members.SelectMany(member => member.Clients, (member, client) => (member, client)))
        {
            yield return Entity("Client", client.ClientId, client.CertificateThumbprint is { } thumbprint ? new JsonObject { ["thumbprint"] = thumbprint } : [], Uid("Member", member.Code));
        }

        foreach (var dataset in world.Datasets)
        {
            yield return Entity("Dataset", dataset.Code, new JsonObject
            {
                ["revision"] = dataset.Revision,
                ["scheme"] = dataset.SubjectScheme,
                ["fields"] = Texts(dataset.Fields.Select(field => field.Name)),
                ["releases"] = Texts(dataset.Fields.SelectMany(field => field.Transforms, (field, transform) => $"{field.Name}:{transform}")),
                ["sensitive"] = Texts(dataset.Fields.Where(field => field.Sensitive).Select(field => field.Name)),
            });
        }

        foreach (var purpose in world.Purposes)
        {
            yield return Entity("Purpose", purpose.Code, new JsonObject { ["registered"] = true });
        }

        foreach (var notice in world.Notices)
        {
            yield return Entity("Notice", notice.Code, new JsonObject
            {
                ["revision"] = notice.Revision,
                ["texts"] = Texts(notice.Texts.Keys.Select(language => $"{language}:{notice.HashOf(language)}")),
            });
        }

        foreach (var mandate in world.Mandates)
        {
            yield return Entity("Mandate", mandate.Id, new JsonObject
            {
                ["principal"] = Reference("Person", mandate.Subject.Value),
                ["state"] = mandate.State.ToString(),
                ["from"] = CedarTranslation.Number(mandate.ValidFrom),
                ["to"] = CedarTranslation.Number(mandate.ValidTo),
                ["purposes"] = new JsonArray([.. mandate.Themes.Where(theme => !theme.Contains('/', StringComparison.Ordinal)).Select(theme => Reference("Purpose", theme))]),
                ["datasets"] = new JsonArray([.. mandate.Themes.Where(theme => theme.Contains('/', StringComparison.Ordinal)).Select(theme => Reference("Dataset", theme))]),
            });
        }
    }

    private static JsonObject Request(ExchangeRequest request, CedarWorld world)
    {
        var context = new JsonObject
        {
            ["now"] = CedarTranslation.Number(CedarWorld.Now),
            ["today"] = Day(DateOnly.FromDateTime(CedarWorld.Now.UtcDateTime)),
            ["used"] = request.QuotaUsed,
            ["person"] = Reference("Person", request.Subject.Value),
            ["purpose"] = Reference("Purpose", request.Purpose),
            ["scheme"] = request.SubjectScheme,
            ["fields"] = Texts(request.Fields),
            ["roles"] = Texts(request.Actor.Roles),
        };
        AddIfPresent(context, "born", request.BirthDate is { } born ? Day(born) : null);
        AddIfPresent(context, "boundTo", request.Actor.BoundTo);
        AddIfPresent(context, "presented", request.Actor.Presented);
        AddIfPresent(context, "case", Reference("Case", request.Case));
        AddIfPresent(context, "mandate", Reference("Mandate", request.Mandate));
        AddIfPresent(context, "breakGlass", Reference("BreakGlass", request.BreakGlass));

        // Only what the policies of this request may ask for: Cedar reads its entities anew each time.
        IEnumerable<string> entities =
        [
            .. world.Members.SelectMany(member => member.Clients).Where(client => client.ClientId == request.Actor.ClientId).Select(client => CedarTranslation.Entity("Client", client.ClientId)),
            .. world.Datasets.Where(dataset => dataset.Code == request.Dataset).Select(dataset => CedarTranslation.Entity("Dataset", dataset.Code)),
            .. world.Purposes.Where(purpose => purpose.Code == request.Purpose).Select(purpose => CedarTranslation.Entity("Purpose", purpose.Code)),
            .. world.Mandates.Where(mandate => mandate.Id == request.Mandate).Select(mandate => CedarTranslation.Entity("Mandate", mandate.Id)),
            .. world.Notices.Where(notice => notice.Dataset == request.Dataset && notice.Purpose == request.Purpose).Select(notice => CedarTranslation.Entity("Notice", notice.Code)),
        ];
        return new JsonObject
        {
            ["principal"] = Uid("Client", request.Actor.ClientId),
            ["action"] = Uid("Action", request.Mode == ExchangeMode.Batch ? "batch" : "query"),
            ["resource"] = Uid("Dataset", request.Dataset),
            ["context"] = context,
            ["entities"] = Texts(entities),
        };
    }

    private static (string Uid, JsonObject Json) Entity(string type, string id, JsonObject attributes, params JsonNode[] parents) =>
        (CedarTranslation.Entity(type, id), new JsonObject { ["uid"] = Uid(type, id), ["attrs"] = attributes, ["parents"] = new JsonArray(parents) });

    private static JsonObject Uid(string type, string id) => new() { ["type"] = $"DX::{type}", ["id"] = id };

    private static JsonObject? Reference(string type, string? id) => id is null ? null : new JsonObject { ["__entity"] = Uid(type, id) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static int Day(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    private static void AddIfPresent(JsonObject context, string name, JsonNode? value)
    {
        if (value is not null)
        {
            context[name] = value;
        }
    }
}
