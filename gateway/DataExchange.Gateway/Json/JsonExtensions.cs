using System.Text.Json.Serialization;
using DataExchange.Contracts;

namespace DataExchange.Gateway.Json;

public static class JsonExtensions
{
    /// <summary>Bodies are read as strictly here as the contracts read them: unknown or repeated members, numbers in quotes and nulls where none belong are refused.</summary>
    public static void AddJson(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.TypeInfoResolverChain.Insert(0, ContractsJsonContext.Default);
            options.Converters.Add(new JsonStringEnumConverter());
            options.NumberHandling = JsonNumberHandling.Strict;
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.PropertyNameCaseInsensitive = false;
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.MaxDepth = 32;
        });

        // A body that cannot be read reaches the one place that writes problems, in every environment.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }
}
