using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Members;

/// <summary>The members at one size of the governance log. Immutable.</summary>
public sealed class MemberRegister
{
    internal static readonly MemberRegister Empty = new(
        ImmutableDictionary.Create<string, MemberEntry>(StringComparer.Ordinal), ImmutableDictionary.Create<string, MemberEntry>(StringComparer.Ordinal), 0);

    private readonly ImmutableDictionary<string, MemberEntry> _byCode;
    private readonly ImmutableDictionary<string, MemberEntry> _byClient;

    private MemberRegister(ImmutableDictionary<string, MemberEntry> byCode, ImmutableDictionary<string, MemberEntry> byClient, int active) =>
        (_byCode, _byClient, ActiveCount) = (byCode, byClient, active);

    /// <summary>Every member that was ever admitted, suspended ones included.</summary>
    public IEnumerable<MemberEntry> All => _byCode.Values;

    /// <summary>How many are not suspended: the n of k of n.</summary>
    public int ActiveCount { get; }

    public MemberEntry? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The member whose signatures count: null for one that is suspended, or is none.</summary>
    public Member? FindActive(string code) => Find(code) is { State: MemberState.Active } entry ? entry.Member : null;

    /// <summary>The member that a client is registered to, suspended or not. Whether it may act for it is another question.</summary>
    public MemberEntry? FindByClient(string clientId) => _byClient.GetValueOrDefault(clientId);

    /// <summary>Whether it is suspended. Asked on every request, and answered without a look-up while nobody is.</summary>
    public bool IsSuspended(string code) => ActiveCount != _byCode.Count && Find(code)?.State == MemberState.Suspended;

    internal MemberRegister Apply(MemberEvent @event, long index, DateTimeOffset time)
    {
        var before = Find(@event.Code);
        var after = @event is MemberAdmitted { Member: var member } ? Admit(before, member, index) : Change(before!, @event, index);
        after = after with { LogIndex = index, History = after.History.Add(new MemberChange(@event.Kind, index, time)) };
        return new MemberRegister(
            _byCode.SetItem(@event.Code, after),
            _byClient.RemoveRange(before?.Member.Clients.Select(client => client.ClientId) ?? [])
                .SetItems(after.Member.Clients.Select(client => KeyValuePair.Create(client.ClientId, after))),
            ActiveCount + (after.State == MemberState.Active ? 1 : 0) - (before?.State == MemberState.Active ? 1 : 0));
    }

    /// <summary>A new member, or a new record of one; a suspended member stays suspended.</summary>
    private static MemberEntry Admit(MemberEntry? before, Member member, long index) =>
        (before ?? new MemberEntry { Member = member, State = MemberState.Active, LogIndex = index, StandingIndex = index }) with
        {
            Member = member,
            StandingIndex = index,
            Keys = MemberKey.Replace(before?.Keys ?? [], member.Keys, index),
        };

    private static MemberEntry Change(MemberEntry before, MemberEvent @event, long index) => @event switch
    {
        MemberSuspended suspended => before with { State = MemberState.Suspended, SuspendedBecause = suspended.Reason, StandingIndex = index },
        MemberReinstated => before with { State = MemberState.Active, SuspendedBecause = null, StandingIndex = index },
        KeyRotated rotated => before with { Member = before.Member with { Keys = rotated.Keys }, Keys = MemberKey.Replace(before.Keys, rotated.Keys, index) },
        ClientsSet set => before with { Member = before.Member with { Clients = set.Clients } },
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    };
}
