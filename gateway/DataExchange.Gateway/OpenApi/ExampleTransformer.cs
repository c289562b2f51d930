using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataExchange.Gateway.OpenApi;

/// <summary>What a call looks like.</summary>
/// <param name="Request">A body, JSON; null for an endpoint that takes none.</param>
/// <param name="Response">What it is answered with, JSON; null where the schema says enough.</param>
public sealed record ExampleMetadata(string? Request, string? Response);

public static class ExampleExtensions
{
    /// <summary>Shows in the API description what a call looks like; of people of the demo region only.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, string? request = null, string? response = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ExampleMetadata(request, response));
}

/// <summary>Puts the examples that endpoints declare into the API description.</summary>
public static class ExampleTransformer
{
    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var example in context.Description.ActionDescriptor.EndpointMetadata.OfType<ExampleMetadata>())
        {
            Show(operation.RequestBody?.Content, example.Request);
            Show(operation.Responses?.Where(response => response.Key is ['2', ..]).Select(response => response.Value.Content).FirstOrDefault(), example.Response);
        }

        return Task.CompletedTask;
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, string? example)
    {
        foreach (var media in content?.Values ?? [])
        {
            media.Example = example is null ? media.Example : JsonNode.Parse(example);
        }
    }
}
