using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataExchange.Gateway.OpenApi;

/// <summary>Describes the exchange itself: its paths are proxy routes, which the API explorer does not see.</summary>
public static class RecordsPaths
{
    private const string Base = "/v1/records/{provider}/{dataset}";
    private const string Ndjson = "application/x-ndjson";

    // What the gates, the log and the provider can answer; see contracts/errors.md.
    private static readonly ProblemSlug[] Problems =
        [.. ProblemSlugs.All.Values.Where(slug => slug.Status is 400 or 401 or 403 or 404 or 415 or 413 or 422 or 429 or 502 or 503 or 504)];

    public static async Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var query = await RefAsync<RecordQuery>();
        var answer = await RefAsync<RecordAnswer>();
        await RefAsync<ExchangeProblem>();

        Add(Base + "/query", HttpMethod.Post, "QueryRecord", "Asks for the fields of one record.", Body("application/json", query), Answer("application/json", answer), []);
        Add(Base + "/batch", HttpMethod.Post, "QueryRecords", "One query a line, one answer or problem a line, in order.", Body(Ndjson, query), Answer(Ndjson, answer), []);
        Add(Base + "/{subject}", HttpMethod.Get, "GetRecord", "The convenience form. Prefer the query: an identity number in a URL travels further than one in a body.", null, Answer("application/json", answer),
        [
            Parameter("subject", ParameterLocation.Path, "The subject's number, in the dataset's scheme."),
            Parameter("purpose", ParameterLocation.Query, "Code of the purpose."),
            Parameter("fields", ParameterLocation.Query, "Names of the fields, with commas between."),
            Parameter("case", ParameterLocation.Query, "The open case that this belongs to.", required: false),
            Parameter("mandate", ParameterLocation.Query, "The mandate under which a delegate asks.", required: false),
        ]);

        async Task<OpenApiSchemaReference> RefAsync<T>()
        {
            document.AddComponent(typeof(T).Name, await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken));
            return new OpenApiSchemaReference(typeof(T).Name, document);
        }

        void Add(string path, HttpMethod method, string id, string summary, OpenApiRequestBody? body, OpenApiResponse response, IOpenApiParameter[] parameters)
        {
            var operation = new OpenApiOperation
            {
                OperationId = id,
                Summary = summary,
                Tags = new HashSet<OpenApiTagReference> { new("records", document) },
                Parameters = [Parameter("provider", ParameterLocation.Path, "Member code of the owner."), Parameter("dataset", ParameterLocation.Path, "Name of the dataset."), .. parameters, Lenient()],
                RequestBody = body,
                Responses = new OpenApiResponses { ["200"] = response },
            };
            DocumentFrame.RequireToken(operation, document);
            ProblemResponsesTransformer.Add(operation, Problems, document);
            var item = new OpenApiPathItem();
            item.AddOperation(method, operation);
            document.Paths.Add(path, item);
        }
    }

    private static OpenApiRequestBody Body(string type, OpenApiSchemaReference schema) =>
        new() { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = schema } } };

    private static OpenApiResponse Answer(string type, OpenApiSchemaReference schema) =>
        new() { Description = "Released, with the receipt.", Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = schema } } };

    private static OpenApiParameter Parameter(string name, ParameterLocation location, string description, bool required = true) =>
        new() { Name = name, In = location, Required = required, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiParameter Lenient() => new()
    {
        Name = "Prefer",
        In = ParameterLocation.Header,
        Description = "handling=lenient (RFC 7240): release the fields that are permitted and list the others.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
