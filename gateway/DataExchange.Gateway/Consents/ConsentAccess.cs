using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Consents;

/// <summary>Who may see which consent: the person it is about, who speaks for them under a mandate, and the department that asked for it. To everyone else it is not there.</summary>
public sealed class ConsentAccess(GovernanceLedger ledger, SubjectVault vault, TimeProvider clock)
{
    /// <summary>Everything the caller may see, oldest change first.</summary>
    public async ValueTask<IReadOnlyList<ConsentRecord>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var rules = ledger.Current;
        var visible = await SubjectOfAsync(caller, cancellationToken) is { } citizen
            ? rules.ConsentsOf(citizen.Handle)
            : DepartmentOf(caller.Actor) is { } member ? rules.ConsentsFor(member.Code) : [];
        return [.. visible.OrderBy(consent => consent.LogIndex)];
    }

    /// <summary>The consent with this id; null where there is none that the caller may see.</summary>
    public async ValueTask<ConsentRecord?> FindAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (ledger.Current.FindConsent(id) is not { } consent)
        {
            return null;
        }

        // The person, or who speaks for them under a mandate.
        var isOwn = await SubjectOfAsync(caller, cancellationToken) is { } citizen && ConsentSpeakers.Of(
            new Party { ClientId = caller.Actor.ClientId, Roles = caller.Actor.Roles, Self = citizen.Handle }, consent, ledger.Current, clock.GetUtcNow()).As != ExpressedBy.None;
        return isOwn || DepartmentOf(caller.Actor)?.Code == consent.Recipient ? consent : null;
    }

    /// <summary>The department that the caller acts for; null for one that acts for none.</summary>
    public Member? DepartmentOf(Actor actor) =>
        actor.Roles.Contains(Roles.DepartmentSystem) || actor.Roles.Contains(Roles.DeskClerk) ? ledger.Current.FindMemberByClient(actor.ClientId) : null;

    /// <summary>The person who calls about themselves; null for everyone else.</summary>
    public async ValueTask<Subject?> SubjectOfAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.Subject is { } subject && caller.Actor.Roles.Contains(Roles.Citizen) ? await vault.ResolveAsync(subject, cancellationToken) : null;
}
