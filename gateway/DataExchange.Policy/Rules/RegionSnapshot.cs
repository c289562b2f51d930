using System.Collections.Immutable;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Rules;

/// <summary>The region's rules at one size of the governance log. Immutable: each event makes a new one that shares nearly everything with the last.</summary>
public sealed class RegionSnapshot
{
    /// <summary>Before the first event: nothing is registered, so everything is refused.</summary>
    public static readonly RegionSnapshot Empty = new();

    private ImmutableDictionary<string, Member> _members = ImmutableDictionary.Create<string, Member>(StringComparer.Ordinal);
    private ImmutableDictionary<string, Member> _membersByClient = ImmutableDictionary.Create<string, Member>(StringComparer.Ordinal);
    private ImmutableDictionary<string, Purpose> _purposes = ImmutableDictionary.Create<string, Purpose>(StringComparer.Ordinal);
    private ImmutableDictionary<string, Dataset> _datasets = ImmutableDictionary.Create<string, Dataset>(StringComparer.Ordinal);
    private ImmutableDictionary<string, ConsentNotice> _notices = ImmutableDictionary.Create<string, ConsentNotice>(StringComparer.Ordinal);
    private PersonalState _personal = PersonalState.Empty;
    private long _carriedEnd;
    private ImmutableHashSet<SubjectHandle> _restricted = [];
    private ImmutableHashSet<string> _erasures = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private RegionSnapshot()
    {
    }

    /// <summary>Entries of the governance log that this reflects.</summary>
    public long GovernanceSize { get; private init; }

    /// <summary>Name of the region; empty before the founding.</summary>
    public string Region { get; private init; } = "";

    /// <summary>Who witnesses the logs; null where nobody does.</summary>
    public WitnessAppointment? Witnesses { get; private set; }

    /// <summary>Consents.</summary>
    public PersonalIndex<ConsentRecord> Consents => _personal.Of(PersonalRegisters.Consents);

    public IEnumerable<Member> Members => _members.Values;

    public IEnumerable<Purpose> Purposes => _purposes.Values;

    public IEnumerable<Dataset> Datasets => _datasets.Values;

    public IEnumerable<ConsentNotice> Notices => _notices.Values;

    /// <summary>Agreements.</summary>
    public AgreementRegister Agreements { get; private set; } = AgreementRegister.Empty;

    public Member? FindMember(string code) => _members.GetValueOrDefault(code);

    /// <summary>The member that a client is registered to.</summary>
    public Member? FindMemberByClient(string clientId) => _membersByClient.GetValueOrDefault(clientId);

    public Purpose? FindPurpose(string code) => _purposes.GetValueOrDefault(code);

    /// <summary>The published revision.</summary>
    public Dataset? FindDataset(string code) => _datasets.GetValueOrDefault(code);

    /// <summary>The newest revision.</summary>
    public ConsentNotice? FindNotice(string code) => _notices.GetValueOrDefault(code);

    public IReadOnlyList<ConsentRecord> ConsentsOf(SubjectHandle subject) => Consents.Of(subject);

    /// <summary>Consents that a member asked for or holds.</summary>
    public IEnumerable<ConsentRecord> ConsentsFor(string recipient) => Consents.All.Where(c => c.Recipient == recipient);

    public ConsentRecord? FindConsent(string id) => Consents.Find(id);

    /// <summary>How many erasures were ordered.</summary>
    public int Erasures => _erasures.Count;

    /// <summary>Whether the log holds the order of this erasure.</summary>
    public bool HasErasure(string id) => _erasures.Contains(id);

    /// <summary>Every record about a person, with the register that holds it.</summary>
    public IEnumerable<(PersonalRegister Register, PersonalRecord Record)> About(SubjectHandle subject) => _personal.About(subject);

    public bool IsRestricted(SubjectHandle subject) => _restricted.Contains(subject);

    /// <summary>The rules after an entry of the governance log; entries passed over concern somebody else.</summary>
    /// <param name="event">What the entry says.</param>
    /// <param name="index">Its index.</param>
    /// <param name="time">Its log time: clocks run from here.</param>
    public RegionSnapshot Apply(GovernanceEvent @event, long index, DateTimeOffset time = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, GovernanceSize);
        var next = With(index + 1, @event is RegionFounded founded ? founded.Region : Region);
        switch (@event)
        {
            case RegionFounded:
                break;
            case LogAdopted adopted:
                next._carriedEnd = index + 1 + adopted.Carried;
                break;
            case MemberAdmitted { Member: var member }:
                next._members = _members.SetItem(member.Code, member);
                next._membersByClient = _membersByClient.RemoveRange(FindMember(member.Code)?.Clients.Select(c => c.ClientId) ?? []).SetItems(member.Clients.Select(c => KeyValuePair.Create(c.ClientId, member)));
                break;
            case PurposeRegistered { Purpose: var purpose }:
                next._purposes = _purposes.SetItem(purpose.Code, purpose);
                break;
            case DatasetPublished { Dataset: var dataset }:
                next._datasets = _datasets.SetItem(dataset.Code, dataset);
                break;
            case NoticePublished { Notice: var notice }:
                next._notices = _notices.SetItem(notice.Code, notice);
                break;
            case AgreementEvent agreement:
                next.Agreements = Agreements.Apply(agreement, index, time);
                break;
            case WitnessesAppointed { Appointment: var appointment }:
                next.Witnesses = appointment;
                break;
            case PersonalChanged { Record: var record }:
                next._personal = _personal.Set(@event.Kind, Carried(record, index) with { LogIndex = index });
                break;
            case ErasureOrdered { Id: var id }:
                next._erasures = _erasures.Add(id);
                break;
            default:
                throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes.");
        }

        return next;
    }

    /// <summary>The same rules at a later size, when the entries between concern somebody else.</summary>
    public RegionSnapshot At(long governanceSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(governanceSize, GovernanceSize);
        return With(governanceSize, Region);
    }

    /// <summary>The same rules without the consents of these subjects: the entry that ends them does not say whose.</summary>
    public RegionSnapshot Without(IReadOnlyCollection<SubjectHandle> subjects)
    {
        var next = With(GovernanceSize, Region);
        next._personal = _personal.Without(subjects);
        return next;
    }

    /// <summary>The same rules with a restriction on a subject.</summary>
    public RegionSnapshot Restrict(SubjectHandle subject)
    {
        var next = With(GovernanceSize + 1, Region);
        next._restricted = _restricted.Add(subject);
        return next;
    }

    // P-NOW through a loss: among the entries that a retired log has lost may be the withdrawal of any consent that was carried over from it,
    // and whoever was told that it took effect cannot be asked to say so again. So none of them permits anything until it is given anew.
    private PersonalRecord Carried(PersonalRecord record, long index) =>
        index < _carriedEnd && record is ConsentRecord { State: ConsentState.Given or ConsentState.Renewed } consent ? consent with { State = ConsentState.Invalidated } : record;

    private RegionSnapshot With(long governanceSize, string region) => new()
    {
        GovernanceSize = governanceSize,
        Region = region,
        Witnesses = Witnesses,
        Agreements = Agreements,
        _carriedEnd = _carriedEnd,
        _members = _members,
        _membersByClient = _membersByClient,
        _purposes = _purposes,
        _datasets = _datasets,
        _notices = _notices,
        _personal = _personal,
        _restricted = _restricted,
        _erasures = _erasures,
    };
}
