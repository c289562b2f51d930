using DataExchange.Contracts.Problems;

namespace DataExchange.Gateway.Problems;

/// <summary>The problems an endpoint says that it can answer with; the API description lists them by code.</summary>
public sealed record ProblemMetadata(IReadOnlyList<ProblemSlug> Slugs);

public static class ProblemMetadataExtensions
{
    public static TBuilder Fails<TBuilder>(this TBuilder endpoint, params ProblemSlug[] slugs)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProblemMetadata(slugs));
}
