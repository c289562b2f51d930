using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataExchange.Gateway.OpenApi;

/// <summary>Lists, per status, the problem codes that an endpoint declares.</summary>
public static class ProblemResponsesTransformer
{
    public static async Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var slugs = metadata.OfType<ProblemMetadata>().SelectMany(declared => declared.Slugs);
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            DocumentFrame.RequireToken(operation, context.Document!);
            slugs = slugs.Concat([ProblemSlugs.TokenMissing, ProblemSlugs.TokenInvalid, ProblemSlugs.TokenBindingMismatch]);
        }

        var schema = await context.GetOrCreateSchemaAsync(typeof(ExchangeProblem), null, cancellationToken);
        context.Document!.AddComponent(nameof(ExchangeProblem), schema);
        Add(operation, slugs, context.Document!);
    }

    public static void Add(OpenApiOperation operation, IEnumerable<ProblemSlug> slugs, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var group in slugs.Distinct().GroupBy(slug => slug.Status).OrderBy(group => group.Key))
        {
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(", ", group.Select(slug => slug.Code).Order(StringComparer.Ordinal)),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ExchangeProblem), document) },
                },
            };
        }
    }
}
