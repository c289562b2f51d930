using System.Globalization;
using System.Text.Json;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Commands;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DataExchange.Gateway.Commands;

/// <summary>Carries a command from an endpoint to the rules: who gives it, which version it is of (<c>If-Match</c>), and whether it was given before (<c>Idempotency-Key</c>).</summary>
public sealed class CommandSender(GovernanceLedger ledger, SubjectVault vault, IOptions<JsonOptions> json)
{
    /// <summary>The caller as the rules know them.</summary>
    public async ValueTask<Party> PartyAsync(HttpContext context)
    {
        var caller = context.Caller();
        var self = caller.Subject is { } subject && caller.Actor.Roles.Contains(Roles.Citizen) ? await vault.ResolveAsync(subject, context.RequestAborted) : null;
        return new Party
        {
            // A person acts for themselves, whatever the client they signed in at.
            Member = self is null ? ledger.Current.FindMemberByClient(caller.Actor.ClientId)?.Code : null,
            ClientId = caller.Actor.ClientId,
            UserId = caller.Actor.UserId,
            Roles = caller.Actor.Roles,
            Self = self?.Handle ?? default,
        };
    }

    /// <summary>Sends a command about no person.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The body as it was understood; null for none.</param>
    /// <param name="command">Makes the command; who gives it and which version it is of are put in here.</param>
    /// <exception cref="BadHttpRequestException">A header cannot be read.</exception>
    public ValueTask<CommandResult> SendAsync(HttpContext context, object? body, Func<Party, GovernanceCommand> command) => SendAsync(context, body, null, command);

    /// <summary>Sends a command about a person, whose key the event is sealed under.</summary>
    /// <inheritdoc cref="SendAsync(HttpContext, object, Func{Party, GovernanceCommand})"/>
    public ValueTask<CommandResult> SendAsync(HttpContext context, object? body, Subject? subject, Func<Party, GovernanceCommand> command) => SendAsync(context, body, subject, null, command);

    /// <summary>Sends one of several commands of a request: each is repeated, or not, by itself.</summary>
    /// <inheritdoc cref="SendAsync(HttpContext, object, Func{Party, GovernanceCommand})"/>
    public async ValueTask<CommandResult> SendAsync(HttpContext context, object? body, Subject? subject, int? part, Func<Party, GovernanceCommand> command)
    {
        var by = await PartyAsync(context);
        return await ledger.ExecuteAsync(
            command(by) with { By = by, Subject = subject?.Handle ?? default, IfVersion = context.Request.IfMatch() },
            subject, IdempotencyOf(context, body, part), context.RequestAborted);
    }

    private Idempotency? IdempotencyOf(HttpContext context, object? body, int? part)
    {
        if (context.Request.IdempotencyKey() is not { } key)
        {
            return null;
        }

        var actor = context.Caller().Actor;
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), json.Value.SerializerOptions);
        // No key of a header holds a space.
        return Idempotency.Of(actor.ClientId, actor.UserId, part is { } number ? string.Create(CultureInfo.InvariantCulture, $"{key} {number}") : key, context.Request.Method, context.Request.Path.Value ?? "", bytes);
    }
}
