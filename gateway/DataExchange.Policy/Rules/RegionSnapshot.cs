using System.Collections.Immutable;
using DataExchange.Contracts.Scorecards;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Calendars;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Events;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Notices;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Rules;

/// <summary>The region's rules at one size of the governance log. Immutable: each event makes a new one that shares nearly everything with the last.</summary>
public sealed class RegionSnapshot
{
    /// <summary>Before the first event: nothing is registered, so everything is refused.</summary>
    public static readonly RegionSnapshot Empty = new();

    private CatalogueRegister _catalogue = CatalogueRegister.Empty;
    private PersonalState _personal = PersonalState.Empty;
    private ImmutableSortedDictionary<string, Scorecard> _scorecards = ImmutableSortedDictionary.Create<string, Scorecard>(StringComparer.Ordinal);
    private long _carriedEnd;
    private ImmutableHashSet<string> _erasures = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    private RegionSnapshot()
    {
    }

    /// <summary>Entries of the governance log that this reflects.</summary>
    public long GovernanceSize { get; private set; }

    /// <summary>Name of the region; empty before the founding.</summary>
    public string Region { get; private set; } = "";

    /// <summary>Index of the first entry behind the founding; 0 before there is one.</summary>
    public long FoundingEnd { get; private set; }

    /// <summary>Who witnesses the logs; null where nobody does.</summary>
    public WitnessAppointment? Witnesses { get; private set; }

    /// <summary>Index of the entry that appointed them; null where nobody is appointed.</summary>
    public long? WitnessesIndex { get; private set; }

    /// <summary>Members: where each stands, its keys and its clients.</summary>
    public MemberRegister Membership { get; private set; } = MemberRegister.Empty;

    /// <summary>Purposes and their versions.</summary>
    public PurposeRegister Purposing { get; private set; } = PurposeRegister.Empty;

    /// <summary>Working days.</summary>
    public CalendarRegister Calendar { get; private set; } = CalendarRegister.Empty;

    /// <summary>Proposals to change what the members decide together.</summary>
    public ProposalRegister Proposals { get; private set; } = ProposalRegister.Empty;

    /// <summary>Consents.</summary>
    public PersonalIndex<ConsentRecord> Consents => _personal.Of(PersonalRegisters.Consents);

    /// <summary>Protective holds and objections.</summary>
    public PersonalIndex<RestrictionRecord> Restrictions => _personal.Of(PersonalRegisters.Restrictions);

    /// <summary>Break-glass grants.</summary>
    public PersonalIndex<BreakGlassRecord> BreakGlass => _personal.Of(PersonalRegisters.BreakGlass);

    /// <summary>Errors that were reported.</summary>
    public PersonalIndex<CorrectionRecord> Corrections => _personal.Of(PersonalRegisters.Corrections);

    /// <summary>Complaints.</summary>
    public PersonalIndex<ComplaintRecord> Complaints => _personal.Of(PersonalRegisters.Complaints);

    /// <summary>Mandates, by principal.</summary>
    public PersonalIndex<MandateRecord> Mandates => _personal.Of(PersonalRegisters.Mandates);

    /// <summary>Cases: people's matters at desks.</summary>
    public PersonalIndex<CaseRecord> Cases => _personal.Of(PersonalRegisters.Cases);

    /// <summary>Matters, in all their revisions.</summary>
    public DefinedMatters Matters { get; private set; } = DefinedMatters.Empty;

    /// <summary>The anomaly rules; null where officials are not watched.</summary>
    public AnomalyRuleSet? Monitoring { get; private set; }

    /// <summary>Index of the entry that set them; null where there are none.</summary>
    public long? MonitoringIndex { get; private set; }

    /// <summary>Published scorecards, the oldest month first.</summary>
    public IEnumerable<Scorecard> Scorecards => _scorecards.Values;

    /// <summary>The published scorecard of a month.</summary>
    public Scorecard? FindScorecard(string period) => _scorecards.GetValueOrDefault(period);

    /// <summary>What the anomaly rules found about officials.</summary>
    public PersonalIndex<AnomalyFinding> Anomalies => _personal.Of(PersonalRegisters.Anomalies);

    /// <summary>Every member, suspended ones included.</summary>
    public IEnumerable<Member> Members => Membership.All.Select(entry => entry.Member);

    public IEnumerable<Purpose> Purposes => Purposing.All;

    /// <summary>The published revisions.</summary>
    public IEnumerable<Dataset> Datasets => _catalogue.Published;

    /// <summary>Whether the same datasets are published in both, at the same revisions. Told in one comparison.</summary>
    public bool HasSameDatasets(RegionSnapshot other) => _catalogue.HasSamePublished(other._catalogue);

    /// <summary>Every entry of the catalogue, by code: published, withdrawn and in preparation.</summary>
    public IEnumerable<CatalogueEntry> Catalogue => _catalogue.Entries;

    /// <summary>The newest published revisions.</summary>
    public IEnumerable<ConsentNotice> Notices => NoticeRegister.All.Select(entry => entry.Published).OfType<ConsentNotice>();

    /// <summary>Notices with their revisions and drafts.</summary>
    public NoticeRegister NoticeRegister { get; private set; } = NoticeRegister.Empty;

    /// <summary>Agreements.</summary>
    public AgreementRegister Agreements { get; private set; } = AgreementRegister.Empty;

    /// <summary>Disputes between members.</summary>
    public DisputeRegister Disputes { get; private set; } = DisputeRegister.Empty;

    /// <summary>A member, suspended or not.</summary>
    public Member? FindMember(string code) => Membership.Find(code)?.Member;

    /// <summary>The member that a client acts for; null for a client of a suspended member, as for one of none.</summary>
    public Member? FindMemberByClient(string clientId) => Membership.FindByClient(clientId) is { State: MemberState.Active } entry ? entry.Member : null;

    public Purpose? FindPurpose(string code) => Purposing.Find(code);

    /// <summary>The published revision.</summary>
    public Dataset? FindDataset(string code) => _catalogue.FindPublished(code);

    /// <summary>The catalogue's entry; null where nothing ever happened under the code.</summary>
    public CatalogueEntry? FindEntry(string code) => _catalogue.Find(code);

    /// <summary>The newest revision.</summary>
    public ConsentNotice? FindNotice(string code) => NoticeRegister.Find(code)?.Published;

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

    /// <summary>The rules after an entry of the governance log; entries passed over concern somebody else.</summary>
    /// <param name="event">What the entry says.</param>
    /// <param name="index">Its index.</param>
    /// <param name="time">Its log time: clocks run from here.</param>
    public RegionSnapshot Apply(GovernanceEvent @event, long index, DateTimeOffset time = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, GovernanceSize);
        var next = Fold(@event, index, time);
        return @event is ProposalApproved approved && next.Proposals.Find(approved.Id) is { State: ProposalState.Enacted } enacted
            ? next.Fold(RegionChanges.Enacted(enacted.Made), index, time)
            : next;
    }

    /// <summary>What one event makes of the rules.</summary>
    private RegionSnapshot Fold(GovernanceEvent @event, long index, DateTimeOffset time)
    {
        var next = With(index + 1, @event is RegionFounded founded ? founded.Region : Region);
        switch (@event)
        {
            case RegionFounded { Entries: var entries }:
                next.FoundingEnd = index + entries;
                break;
            case LogAdopted adopted:
                next._carriedEnd = index + 1 + adopted.Carried;
                break;
            case MemberEvent member:
                next.Membership = Membership.Apply(member, index, time);
                next.Proposals = Proposals.Counting(next.Membership);
                break;
            case PurposeEvent purpose:
                next.Purposing = Purposing.Apply(purpose, index);
                break;
            case ProposalEvent proposal:
                next.Proposals = Proposals.Apply(proposal, Membership, index, time);
                break;
            case QuorumSet quorum:
                next.Proposals = Proposals.Apply(quorum, index);
                break;
            case CalendarSet calendar:
                next.Calendar = Calendar.Apply(calendar, index);
                break;
            case DatasetEvent dataset:
                next._catalogue = _catalogue.Apply(dataset, index, time);
                break;
            case NoticeEvent notice:
                next.NoticeRegister = NoticeRegister.Apply(notice, index, time);
                break;
            case AgreementEvent agreement:
                next.Agreements = Agreements.Apply(agreement, index, time);
                break;
            case WitnessesAppointed { Appointment: var appointment }:
                next.Witnesses = appointment;
                next.WitnessesIndex = index;
                break;
            case MatterDefined defined:
                next.Matters = Matters.Apply(defined, index);
                break;
            case ScorecardPublished { Card: var card }:
                next._scorecards = _scorecards.SetItem(card.Period, card);
                break;
            case MonitoringSet { Rules: var monitoring }:
                next.Monitoring = monitoring;
                next.MonitoringIndex = index;
                break;
            case DisputeEvent dispute:
                next.Disputes = Disputes.Apply(dispute, index, time);
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

    /// <summary>The rules after many entries about people, as the rows of the registers hold them: one record for each id, by ascending index.</summary>
    public RegionSnapshot Apply(IReadOnlyList<PersonalRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var last = GovernanceSize - 1;
        var carried = new PersonalRecord[records.Count];
        for (var i = 0; i < carried.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(records[i].LogIndex, last, nameof(records));
            last = records[i].LogIndex;
            carried[i] = Carried(records[i], last);
        }

        var next = With(last + 1, Region);
        next._personal = _personal.SetAll(carried);
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

    // P-NOW through a loss: among the entries that a retired log has lost may be the withdrawal of any consent that was carried over from it,
    // and whoever was told that it took effect cannot be asked to say so again. So none of them permits anything until it is given anew. The
    // same goes for mandates, and for a case that was open. A hold that was lost has to be imposed again by those who know of it; one that was
    // carried over stays.
    private PersonalRecord Carried(PersonalRecord record, long index) => index >= _carriedEnd ? record : record switch
    {
        ConsentRecord { State: ConsentState.Given or ConsentState.Renewed } consent => consent with { State = ConsentState.Invalidated },
        MandateRecord { State: MandateState.Active } mandate => mandate with { State = MandateState.Revoked },
        CaseRecord { State: CaseState.Open or CaseState.Ready } @case => @case with { State = CaseState.Expired },
        _ => record,
    };

    private RegionSnapshot With(long governanceSize, string region)
    {
        var next = (RegionSnapshot)MemberwiseClone();
        (next.GovernanceSize, next.Region) = (governanceSize, region);
        return next;
    }
}
