using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Cases;

/// <summary>A case with the rules that it was read under, the matter it follows, and who reads it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Matter">The revision of the matter that it follows.</param>
/// <param name="Rules">The rules.</param>
/// <param name="By">The caller.</param>
public sealed record VisibleCase(CaseRecord Case, DefinedMatter Matter, RegionSnapshot Rules, Party By);

/// <summary>Who may see which case: the person it is about, and the department of its desk. To everyone else it is not there.</summary>
public sealed class CaseAccess(GovernanceLedger ledger, CommandSender commands, SubjectVault vault)
{
    /// <summary>The case with this id; null where there is none that the caller may see.</summary>
    public async ValueTask<VisibleCase?> FindAsync(string id, HttpContext context)
    {
        var by = await commands.PartyAsync(context);
        var rules = ledger.Current;
        return rules.Cases.Find(id) is { } @case && CaseParts.Of(@case, by) != CasePart.None ? new VisibleCase(@case, MatterOf(@case, rules), rules, by) : null;
    }

    /// <summary>The cases that the caller may see, the one with the newest change first.</summary>
    /// <param name="before">Only those whose newest governance entry stands before this index; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="context">The request.</param>
    public async ValueTask<IReadOnlyList<VisibleCase>> ListAsync(long? before, int limit, HttpContext context)
    {
        var by = await commands.PartyAsync(context);
        var rules = ledger.Current;
        var all = by.Self.Value is not null ? rules.Cases.Of(by.Self) : rules.Cases.All;
        return
        [
            .. all.Where(@case => (before is null || @case.LogIndex < before) && CaseParts.Of(@case, by) != CasePart.None)
                .OrderByDescending(@case => @case.LogIndex).Take(limit)
                .Select(@case => new VisibleCase(@case, MatterOf(@case, rules), rules, by)),
        ];
    }

    /// <summary>The person that a case is about, whose key its events are sealed under.</summary>
    public async ValueTask<Subject> SubjectOfAsync(CaseRecord @case, CancellationToken cancellationToken) =>
        await vault.FindAsync(@case.Subject, cancellationToken) ?? throw new SubjectVaultException("A case's subject is not in the vault.");

    internal static DefinedMatter MatterOf(CaseRecord @case, RegionSnapshot rules) =>
        rules.Matters.Find(@case.Matter, @case.MatterRevision) ?? throw new InvalidOperationException("A case follows a matter that was defined before it.");
}
