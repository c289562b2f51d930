using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Personal;

/// <summary>Commands about records of people: sent under the key of whom they are about, answered with the record as it stands then.</summary>
public sealed class PersonalSteps(CommandSender commands, SubjectVault vault, GovernanceLedger ledger)
{
    /// <summary>How a record is shown to a caller; the receipt only where the command has just been carried out.</summary>
    public delegate object Show<in TRecord>(TRecord record, Party by, Receipt? receipt);

    /// <summary>Makes a record: 201 with its path.</summary>
    public async Task<IResult> CreateAsync<TRecord>(
        HttpContext context, object body, Subject subject, Func<Party, GovernanceCommand> command, Func<RegionSnapshot, PersonalIndex<TRecord>> register, Show<TRecord> show, string path)
        where TRecord : PersonalRecord
    {
        var by = await commands.PartyAsync(context);
        var result = await commands.SendAsync(context, body, subject, command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        // An erasure may have come between a command and its repetition.
        return register(result.Rules!).Find(result.Id!) is { } made ? Created(context, made, show(made, by, result.Receipt), path) : NotThere();
    }

    /// <summary>Changes the record with this id.</summary>
    public async Task<IResult> StepAsync<TRecord>(
        HttpContext context, string id, object? body, Func<Party, GovernanceCommand> command, Func<RegionSnapshot, PersonalIndex<TRecord>> register, Show<TRecord> show)
        where TRecord : PersonalRecord
    {
        if (register(ledger.Current).Find(id) is not { } record || await vault.FindAsync(record.Subject, context.RequestAborted) is not { } subject)
        {
            return NotThere();
        }

        var by = await commands.PartyAsync(context);
        var result = await commands.SendAsync(context, body, subject, command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        if (register(result.Rules!).Find(id) is not { } changed)
        {
            return NotThere();
        }

        context.Response.SetVersion(changed.LogIndex);
        return Results.Ok(show(changed, by, result.Receipt));
    }

    /// <summary>Every record that the caller may see, the oldest change first.</summary>
    public async Task<IResult> ListAsync<TRecord>(HttpContext context, Func<RegionSnapshot, PersonalIndex<TRecord>> register, Func<TRecord, Party, bool> maySee, Show<TRecord> show)
        where TRecord : PersonalRecord
    {
        var by = await commands.PartyAsync(context);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(register(ledger.Current).All.Where(record => maySee(record, by)).OrderBy(record => record.LogIndex).Select(record => show(record, by, null)).ToArray());
    }

    /// <summary>The record with this id, if the caller may see it.</summary>
    public async Task<IResult> ReadAsync<TRecord>(HttpContext context, string id, Func<RegionSnapshot, PersonalIndex<TRecord>> register, Func<TRecord, Party, bool> maySee, Show<TRecord> show)
        where TRecord : PersonalRecord
    {
        var by = await commands.PartyAsync(context);
        context.Response.Headers.CacheControl = "no-store";
        if (register(ledger.Current).Find(id) is not { } record || !maySee(record, by))
        {
            return NotThere();
        }

        context.Response.SetVersion(record.LogIndex);
        return Results.Ok(show(record, by, null));
    }

    private static IResult Created<TRecord>(HttpContext context, TRecord made, object view, string path)
        where TRecord : PersonalRecord
    {
        context.Response.SetVersion(made.LogIndex);
        return Results.Created($"{path}/{made.Id}", view);
    }

    private static ProblemResult NotThere() => new(ProblemSlugs.NotFound, "Nothing of this id is here, or nothing that you may know of.");
}
