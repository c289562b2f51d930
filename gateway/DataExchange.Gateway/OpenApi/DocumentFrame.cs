using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataExchange.Gateway.OpenApi;

/// <summary>Title, server and security scheme; nothing that differs between two runs.</summary>
public static class DocumentFrame
{
    public const string SecurityScheme = "accessToken";

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DataExchange",
            Version = "v1",
            Description = "Requests for government records: agreements and consent enforced field by field, every access in an append-only log before anything is released.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        foreach (var path in document.Paths.Values)
        {
            // HEAD is GET without the body and needs no description of its own.
            path.Operations?.Remove(HttpMethod.Head);
        }

        document.AddComponent(SecurityScheme, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token (RFC 9068) of the region's authority; bound to the client certificate (RFC 8705) where mutual TLS is on.",
        });
        return Task.CompletedTask;
    }

    /// <summary>States on an operation that it wants a token.</summary>
    public static void RequireToken(OpenApiOperation operation, OpenApiDocument document) =>
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = [] }];
}
