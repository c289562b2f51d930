namespace DataExchange.Gateway.OpenApi;

public static class OpenApiExtensions
{
    public const string DocumentName = "v1";

    /// <summary>
    /// The description of the HTTP surface, as committed in <c>contracts/openapi/v1.json</c>. It is the same on every port and in
    /// every profile.
    /// </summary>
    public static void AddOpenApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(DocumentName, openApi =>
        {
            openApi.AddDocumentTransformer(DocumentFrame.ApplyAsync);
            openApi.AddDocumentTransformer(RecordsPaths.ApplyAsync);
            openApi.AddOperationTransformer(ProblemResponsesTransformer.ApplyAsync);
            openApi.AddOperationTransformer(CommandHeadersTransformer.ApplyAsync);
            openApi.AddOperationTransformer(ExampleTransformer.ApplyAsync);
        });
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
