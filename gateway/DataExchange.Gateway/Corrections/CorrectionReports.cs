using System.Globalization;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Personal;
using DataExchange.Policy.Corrections;
using static DataExchange.Gateway.Corrections.CorrectionViews;

namespace DataExchange.Gateway.Corrections;

/// <summary>Takes reports of errors: about a value that was seen, by whoever saw it or whom it is about.</summary>
public sealed class CorrectionReports(PersonalSteps steps, CommandSender commands, OpenedIntents intents, SubjectVault vault, GovernanceLedger ledger, TimeProvider clock)
{
    private static readonly ProblemResult NoDecision = new(ProblemSlugs.NotFound, "There is no such decision that let the record out, or it is not yours.");

    /// <summary>A person about their own record.</summary>
    public async Task<IResult> ReportOwnAsync(OwnErrorReport report, HttpContext context) =>
        context.Caller().Subject is { } self && await vault.FindAsync(self, context.RequestAborted) is { } person
            ? await ReportAsync(report, person, "/v1/me/corrections", static (_, _) => true, context)
            : NoDecision;

    /// <summary>A department about a record that it was shown.</summary>
    public async Task<IResult> ReportAsync(ErrorReport report, HttpContext context) =>
        SubjectNumber.IsAcceptable(report.Subject) && await vault.FindAsync(report.Subject, context.RequestAborted) is { } person
            ? await ReportAsync(report, person, "/v1/corrections", static (consumer, member) => consumer is not null && consumer == member, context)
            : NoDecision;

    /// <summary>One report; the owner, who has to look the value up, is told whose record it is.</summary>
    public async Task<IResult> ReadAsync(string id, HttpContext context)
    {
        var by = await commands.PartyAsync(context);
        context.Response.Headers.CacheControl = "no-store";
        if (ledger.Current.Corrections.Find(id) is not { } correction || !MaySee(correction, by))
        {
            return new ProblemResult(ProblemSlugs.NotFound, "Nothing of this id is here, or nothing that you may know of.");
        }

        var view = (CorrectionView)Shown(ledger, clock)(correction, by, null);
        if (CorrectionParts.Of(correction, by).Contains("owner") && await vault.FindAsync(correction.Subject, context.RequestAborted) is { } person)
        {
            view = view with { Subject = (await intents.FindAsync(person, correction.Decision, context.RequestAborted))?.Subject };
        }

        context.Response.SetVersion(correction.LogIndex);
        return Results.Ok(view);
    }

    private async Task<IResult> ReportAsync(OwnErrorReport report, Subject person, string path, Func<string?, string?, bool> isOwn, HttpContext context)
    {
        var by = await commands.PartyAsync(context);
        if (!long.TryParse(report.Decision, NumberStyles.None, CultureInfo.InvariantCulture, out var decision)
            || await intents.FindAsync(person, decision, context.RequestAborted) is not { } intent || !isOwn(intent.Consumer, by.Member))
        {
            return NoDecision;
        }

        return await steps.CreateAsync(
            context, report, person,
            _ => new ReportError { Dataset = intent.Dataset, Field = report.Field, Reason = report.Reason, Explanation = report.Explanation, Decision = decision },
            Register, Shown(ledger, clock), path);
    }
}
