using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>What a revision still needs, and whose turn it is.</summary>
public static class AgreementStanding
{
    /// <summary>Parties whose signatures are missing under a revision that is being agreed on.</summary>
    public static IReadOnlyList<string> Missing(AgreementEntry entry, RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(rules);
        return entry.State is AgreementState.Draft or AgreementState.Submitted or AgreementState.SupplementRequested && rules.FindDataset(entry.Agreement.Dataset) is not null
            ? [.. AgreementRegion.Of(rules).PartiesOf(entry.Agreement).Except(entry.Approvals.Select(approval => approval.Member))]
            : [];
    }

    /// <summary>Those who have to act next; nobody where the revision is in force or has ended.</summary>
    public static IReadOnlyList<string> Awaits(AgreementEntry entry, RegionSnapshot rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.StateAt(now) switch
        {
            AgreementState.Draft or AgreementState.SupplementRequested => [entry.Agreement.Consumer],
            AgreementState.Submitted => Missing(entry, rules),
            AgreementState.Approved => [entry.Agreement.Provider],
            _ => [],
        };
    }
}
