using DataExchange.Contracts.Members;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Members;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Members;

/// <summary>A member as the API shows it.</summary>
internal static class MemberViews
{
    public static MemberView Show(MemberEntry entry, Receipt? receipt = null) => new()
    {
        Code = entry.Member.Code,
        Names = entry.Member.Names,
        State = entry.State.ToString().ToLowerInvariant(),
        SuspendedBecause = entry.SuspendedBecause,
        DataAuthority = entry.Member.DataAuthority,
        Keys = entry.Member.Keys,
        KeyHistory = [.. entry.Keys.Select(key => new MemberKeyView(key.Id, key.Jwk, key.From) { Until = key.Until })],
        Clients = [.. entry.Member.Clients.Select(client => new MemberClient(client.ClientId) { CertificateThumbprint = client.CertificateThumbprint })],
        LogIndex = entry.LogIndex,
        Receipt = receipt,
    };

    /// <summary>An enacted change stands in the log as the approval that enacted it.</summary>
    public static IReadOnlyList<MemberHistoryEntry> History(MemberEntry entry, RegionSnapshot rules)
    {
        var enacted = rules.Proposals.All.Where(proposal => proposal.State == ProposalState.Enacted).ToDictionary(proposal => proposal.LogIndex, proposal => proposal.Id);
        return [.. entry.History.Select(change => new MemberHistoryEntry(change.Kind, change.LogIndex, change.Time) { Proposal = enacted.GetValueOrDefault(change.LogIndex) })];
    }
}
