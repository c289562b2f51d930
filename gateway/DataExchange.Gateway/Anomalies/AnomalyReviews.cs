using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Gateway.Anomalies;

/// <summary>Steps of a review.</summary>
public sealed class AnomalyReviews(AnomalyQueue queue, CommandSender commands, SubjectVault vault)
{
    /// <param name="id">The finding.</param>
    /// <param name="body">The body as it was understood.</param>
    /// <param name="command">Makes the command, given whether the caller is whom it is about.</param>
    /// <param name="context">The request.</param>
    public async Task<IResult> ReviewAsync(string id, object? body, Func<bool, ReviewAnomaly> command, HttpContext context)
    {
        if (body is AnomalyClosing { Verdict: not (AnomalyVerdict.Justified or AnomalyVerdict.Unjustified) })
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "verdict is Justified or Unjustified.");
        }

        if (queue.Find(id) is not { } finding || await vault.FindAsync(finding.Subject, context.RequestAborted) is not { } subject)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such finding.");
        }

        var actor = context.Caller().Actor;
        var isOwn = await queue.OfficialOfAsync(finding, context.RequestAborted) is { } official && official.ClientId == actor.ClientId && official.UserId == actor.UserId;
        var result = await commands.SendAsync(context, body, subject, _ => command(isOwn));
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var reviewed = result.Rules!.Anomalies.Find(id)!;
        context.Response.SetVersion(reviewed.LogIndex);
        return Results.Ok(await queue.ShowAsync(reviewed, result.Receipt, context.RequestAborted));
    }
}
