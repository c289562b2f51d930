using System.Collections.Immutable;

namespace DataExchange.Policy.Disputes;

/// <summary>The disputes at one size of the governance log. Immutable.</summary>
public sealed class DisputeRegister
{
    internal static readonly DisputeRegister Empty = new(ImmutableDictionary.Create<string, Dispute>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, Dispute> _disputes;

    private DisputeRegister(ImmutableDictionary<string, Dispute> disputes) => _disputes = disputes;

    /// <summary>All of them, the oldest change first.</summary>
    public IEnumerable<Dispute> All => _disputes.Values.OrderBy(dispute => dispute.LogIndex);

    public Dispute? Find(string id) => _disputes.GetValueOrDefault(id);

    internal DisputeRegister Apply(DisputeEvent @event, long index, DateTimeOffset time)
    {
        var dispute = @event is DisputeOpened opened
            ? new Dispute
            {
                Id = opened.Id,
                Claimant = opened.Claimant,
                Respondent = opened.Respondent,
                Matter = opened.Matter,
                Reference = opened.Reference,
                Ground = opened.Ground,
                State = DisputeState.Consultation,
                Since = time,
                LogIndex = index,
            }
            : Next(_disputes[@event.Id], @event) with { Since = time, LogIndex = index };
        return new DisputeRegister(_disputes.SetItem(@event.Id, dispute));
    }

    private static Dispute Next(Dispute dispute, DisputeEvent @event) => @event switch
    {
        DisputeTaken taken => dispute with { State = taken.To },
        DisputeSettled settled => dispute with { State = DisputeState.Settled, Document = settled.Document },
        DisputeWithdrawn => dispute with { State = DisputeState.Withdrawn },
        DisputeDecided decided => dispute with { State = DisputeState.Decided, Result = decided.Result, Document = decided.Document },
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    };
}
