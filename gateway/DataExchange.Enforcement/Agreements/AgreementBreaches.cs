using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Model;
using DataExchange.Policy.Quotas;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Agreements;

/// <summary>
/// Counts what an agreement's own rules count, and suspends it when a rule has come true. Nothing is counted, and nothing is waited for, where
/// an agreement has no rule.
/// </summary>
/// <remarks>
/// Counted after the outcome is logged and before it is answered: whoever has the answer that completes a rule finds the agreement suspended.
/// A crash between the two loses that one count. After a suspension was lifted, and for another revision, counting begins anew.
/// </remarks>
internal sealed partial class AgreementBreaches(GovernanceLedger ledger, IBreachStore store, ILogger<AgreementBreaches> logger)
{
    /// <summary>Counts an outcome that released nothing.</summary>
    /// <param name="agreement">The agreement it was under, <c>{id}@{revision}</c>; null for none.</param>
    /// <param name="problem">How it ended; null for the caller's hanging up.</param>
    /// <param name="timeMs">Log time of the outcome.</param>
    /// <exception cref="LogUnavailableException">It cannot be counted, or the suspension cannot be logged.</exception>
    public ValueTask CountAsync(string? agreement, ProblemSlug? problem, long timeMs)
    {
        if (agreement is null || problem is null || CauseOf(problem) is not (var cause and not SuspensionCause.None)
            || ledger.Current.Agreements.Find(agreement[..agreement.LastIndexOf('@')]) is not { State: AgreementState.Active, Agreement.AutoSuspension: { Count: > 0 } rules } entry
            || agreement != $"{entry.Agreement.Id}@{entry.Agreement.Revision}")
        {
            return ValueTask.CompletedTask;
        }

        SuspensionRule[] counting = [.. rules.Where(rule => rule.Of == cause)];
        return counting.Length == 0 ? ValueTask.CompletedTask : CountAsync(entry, agreement, cause, counting, timeMs);
    }

    private async ValueTask CountAsync(AgreementEntry entry, string agreement, SuspensionCause cause, SuspensionRule[] rules, long timeMs)
    {
        var begun = entry.Since.ToUnixTimeMilliseconds();
        IReadOnlyList<int> counts;
        try
        {
            counts = await store.AddAsync(
                agreement, cause, timeMs, [.. rules.Select(rule => Math.Max(begun, timeMs - (long)TimeSpan.FromDays(rule.WithinDays).TotalMilliseconds))], CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NotCounted(logger, agreement, exception);
            throw new LogUnavailableException($"What the rules of {agreement} count cannot be made durable.", exception);
        }

        for (var i = 0; i < rules.Length; i++)
        {
            if (counts[i] < rules[i].After)
            {
                continue;
            }

            // Of several that come true at once one suspends; the command refuses the rest, for it is no longer in force.
            var suspended = await ledger.ExecuteAsync(new SuspendAgreementByRule(entry.Agreement.Revision, rules[i]) { Id = entry.Agreement.Id }, null, CancellationToken.None);
            if (suspended.Problem is null)
            {
                Log.Suspended(logger, agreement, rules[i].After, rules[i].Of, rules[i].WithinDays);
            }
        }
    }

    private static SuspensionCause CauseOf(ProblemSlug problem) =>
        problem == ProblemSlugs.ProviderSchemaViolation || problem == ProblemSlugs.ProviderSubjectMismatch ? SuspensionCause.SchemaViolations
        : problem.Status is StatusOfRefusal or StatusOfQuota ? SuspensionCause.Refusals
        : SuspensionCause.None;

    private const int StatusOfRefusal = 403;
    private const int StatusOfQuota = 429;

    private static partial class Log
    {
        [LoggerMessage(3314, LogLevel.Warning, "Agreement {Agreement} has suspended itself: {After} {Cause} within {Days} days.")]
        public static partial void Suspended(ILogger logger, string agreement, int after, SuspensionCause cause, int days);

        [LoggerMessage(3315, LogLevel.Error, "What the rules of agreement {Agreement} count cannot be made durable.")]
        public static partial void NotCounted(ILogger logger, string agreement, Exception exception);
    }
}
