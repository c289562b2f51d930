using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Agreements;

/// <summary>What an event makes of an agreement.</summary>
internal static class AgreementFold
{
    public static AgreementRecord Apply(AgreementRecord record, AgreementEvent @event, long index, DateTimeOffset time) => @event switch
    {
        // The signed revision takes the place of the one before in this one step: there is no moment with both, or with neither.
        AgreementActivated activated => Activate(record, activated, index, time),
        AgreementSuspended e => record.WithCurrent(index, time, Current(record) with { State = AgreementState.Suspended, By = e.Member, Reason = e.Reason }),
        AgreementResumed e => record.WithCurrent(index, time, Current(record) with { State = AgreementState.Active, By = e.Member, Reason = e.Reason }),
        AgreementTerminated e => Terminate(record, e, index, time),
        AgreementDrafted e => record.WithPending(index, time, new AgreementEntry(e.Agreement, AgreementState.Draft) { Since = time, By = e.Agreement.Consumer }),
        AgreementRequested e => Submit(record, Pending(record), e.Clock, index, time),
        AgreementSupplemented e => Submit(record, Pending(record) with { Agreement = e.Agreement }, e.Clock, index, time),
        AgreementSupplementRequested e => record.WithPending(index, time, Pending(record) with
        {
            State = AgreementState.SupplementRequested, By = Pending(record).Agreement.Provider, Reason = e.Reason, Clock = null,
        }),
        AgreementExtended e => record.WithPending(index, time, Pending(record) with { Clock = Pending(record).Clock! with { ExtendedBy = e.Days } }),
        AgreementApproved e => Approve(record, e, index, time),
        AgreementRefused e => record.WithPending(index, time, Pending(record) with { State = AgreementState.Refused, By = e.Member, Refusal = e.Reasons, Reason = null, Clock = null }),
        AgreementWithdrawn e => record.WithPending(index, time, Pending(record) with
        {
            State = AgreementState.Withdrawn, By = Pending(record).Agreement.Consumer, Reason = e.Reason, Clock = null,
        }),
        AgreementEscalated => record.WithPending(index, time, Pending(record) with { Clock = Pending(record).Clock! with { IsEscalated = true } }),
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    };

    private static AgreementRecord Activate(AgreementRecord record, AgreementActivated activated, long index, DateTimeOffset time)
    {
        var signed = activated.Signed;
        var pending = record.Pending?.Agreement.Revision == signed.Agreement.Revision ? null : record.Pending;
        return (record with { Pending = pending }).WithCurrent(index, time, new AgreementEntry(signed.Agreement, AgreementState.Active)
        {
            Approvals = [.. signed.Approvals.Select(jws => new MemberApproval(MemberSignature.SignerOf(jws).Member, jws))],
        });
    }

    private static AgreementRecord Submit(AgreementRecord record, AgreementEntry asked, string clock, long index, DateTimeOffset time) =>
        record.WithPending(index, time, asked with
        {
            State = AgreementState.Submitted,
            By = asked.Agreement.Consumer,
            Reason = null,
            Approvals = [],
            Clock = new AgreementClock(clock, time, asked.Agreement.Provider),
        });

    private static AgreementRecord Approve(AgreementRecord record, AgreementApproved e, long index, DateTimeOffset time)
    {
        var pending = Pending(record);
        var isLast = e.Missing.Count == 0;
        var clock = isLast
            ? new AgreementClock(StatutoryClocks.Provision.Code, time, pending.Agreement.Provider)
            // The provider has answered; the others' signatures are under no clock of the Order.
            : e.Member == pending.Agreement.Provider ? null : pending.Clock;
        return record.WithPending(index, time, pending with
        {
            State = isLast ? AgreementState.Approved : pending.State,
            By = e.Member,
            Approvals = [.. pending.Approvals, new MemberApproval(e.Member, e.Approval)],
            Clock = clock,
        });
    }

    private static AgreementRecord Terminate(AgreementRecord record, AgreementTerminated e, long index, DateTimeOffset time)
    {
        if (record.Current is null)
        {
            return record.WithPending(index, time, Pending(record) with { State = AgreementState.Terminated, By = e.Member, Reason = e.Reason, Clock = null });
        }

        var open = record.Pending is { State: not (AgreementState.Refused or AgreementState.Withdrawn) } pending
            ? record.WithPending(index, time, pending with { State = AgreementState.Terminated, By = e.Member, Reason = e.Reason, Clock = null })
            : record;
        return open.WithCurrent(index, time, record.Current with { State = AgreementState.Terminated, By = e.Member, Reason = e.Reason });
    }

    private static AgreementEntry Current(AgreementRecord record) =>
        record.Current ?? throw new InvalidOperationException($"The agreement {record.Id} was never in force.");

    private static AgreementEntry Pending(AgreementRecord record) =>
        record.Pending ?? throw new InvalidOperationException($"No revision of the agreement {record.Id} is being agreed on.");
}
