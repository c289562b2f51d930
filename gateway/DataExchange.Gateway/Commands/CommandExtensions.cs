using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Problems;

namespace DataExchange.Gateway.Commands;

public static class CommandExtensions
{
    public static void AddCommands(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CommandSender>();

    /// <summary>Declares the problems that every command can end in, and those given.</summary>
    public static RouteHandlerBuilder FailsAsCommand(this RouteHandlerBuilder endpoint, params ProblemSlug[] slugs) => endpoint.Fails(
    [
        ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.StateConflict, ProblemSlugs.PreconditionFailed, ProblemSlugs.IdempotencyKeyReused,
        ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable,
        .. slugs,
    ]).WithMetadata(new CommandMetadata());
}

/// <summary>The endpoint gives a command, and so understands <c>If-Match</c> and <c>Idempotency-Key</c>.</summary>
public sealed record CommandMetadata;
