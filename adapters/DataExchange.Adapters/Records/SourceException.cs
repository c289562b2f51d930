using DataExchange.Contracts.Problems;

namespace DataExchange.Adapters.Records;

/// <summary>
/// A source could not answer. <see cref="Exception.Message"/> goes into the problem and the log, so it holds no personal data and
/// nothing copied from a driver's message: drivers like to quote the value that they choked on.
/// </summary>
public sealed class SourceException : Exception
{
    private SourceException(ProblemSlug slug, string detail, Exception? cause)
        : base(detail, cause)
    {
        Slug = slug;
    }

    /// <summary>The problem that the gateway is answered with.</summary>
    public ProblemSlug Slug { get; }

    /// <summary>The back end cannot be reached, or fails: 503 <c>provider-unavailable</c>.</summary>
    public static SourceException Unavailable(string detail, Exception? cause = null) => new(ProblemSlugs.ProviderUnavailable, detail, cause);

    /// <summary>The back end took too long: 504 <c>provider-timeout</c>.</summary>
    public static SourceException Timeout(string detail, Exception? cause = null) => new(ProblemSlugs.ProviderTimeout, detail, cause);

    /// <summary>The back end answered something that the mapping does not describe: 502 <c>provider-schema-violation</c>.</summary>
    public static SourceException SchemaViolation(string detail, Exception? cause = null) => new(ProblemSlugs.ProviderSchemaViolation, detail, cause);
}
