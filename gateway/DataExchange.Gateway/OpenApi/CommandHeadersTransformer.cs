using DataExchange.Gateway.Commands;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataExchange.Gateway.OpenApi;

/// <summary>Describes the headers that every command understands.</summary>
public static class CommandHeadersTransformer
{
    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<CommandMetadata>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Header(Versions.IdempotencyKeyHeader, "Any text of the client's choice: for 24 hours the same request with the same key acts once."));
            operation.Parameters.Add(Header("If-Match", "The `ETag` of the resource as it was read: refused with 412 when it was changed since."));
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
