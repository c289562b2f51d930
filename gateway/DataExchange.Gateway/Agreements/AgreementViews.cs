using System.Buffers.Text;
using System.Security.Cryptography;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Agreements;

/// <summary>Agreements as the API shows them.</summary>
internal static class AgreementViews
{
    public static AgreementView Show(AgreementRecord record, RegionSnapshot rules, DateTimeOffset now, Receipt? receipt = null) => new()
    {
        Id = record.Id,
        State = NameOf(record.Leading.StateAt(now)),
        Consumer = record.Leading.Agreement.Consumer,
        Provider = record.Leading.Agreement.Provider,
        Dataset = record.Leading.Agreement.Dataset,
        Current = record.Current is { } current ? Show(current, rules, now) : null,
        Pending = record.Pending is { } pending ? Show(pending, rules, now) : null,
        LogIndex = record.LogIndex,
        Receipt = receipt,
    };

    public static AgreementRevisionView Show(AgreementEntry entry, RegionSnapshot rules, DateTimeOffset now)
    {
        var words = AgreementDocument.WordsOf(entry.Agreement);
        return new()
        {
            Name = $"{entry.Agreement.Id}@{entry.Agreement.Revision}",
            State = NameOf(entry.StateAt(now)),
            Since = entry.Since,
            By = entry.By,
            Reason = entry.Reason,
            Refusal = entry.Refusal.Count > 0 ? [.. entry.Refusal.Select(Show)] : null,
            Document = words,
            Sha256 = Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Canonicalize(words))),
            Approvals = [.. entry.Approvals.Select(approval => new AgreementApprovalView(approval.Member, approval.Jws))],
            Missing = AgreementStanding.Missing(entry, rules),
            Awaits = AgreementStanding.Awaits(entry, rules, now),
            Clocks = entry.Clock is { } clock ? [Show(clock, rules, now)] : [],
        };
    }

    public static string NameOf(AgreementState state) =>
        state == AgreementState.SupplementRequested ? "supplement-requested" : state.ToString().ToLowerInvariant();

    /// <summary>Null for a ground that there is not.</summary>
    public static RefusalReason? Read(AgreementRefusalReason reason) => GroundOf(reason.Ground) is var ground and not RefusalGround.None
        ? new RefusalReason(ground, reason.Detail, reason.At, reason.Condition)
        : null;

    private static AgreementRefusalReason Show(RefusalReason reason) =>
        new() { Ground = NameOf(reason.Ground), Detail = reason.Detail, At = reason.At, Condition = reason.Condition };

    private static AgreementClockView Show(AgreementClock clock, RegionSnapshot rules, DateTimeOffset now)
    {
        var due = clock.Due(AgreementClocks.CalendarOf(rules));
        return new()
        {
            Code = clock.Code,
            Article = clock.Period.Citation,
            Late = clock.Late,
            Started = clock.Started,
            Due = due.At,
            Assumed = due.IsAssumed,
            Extended = clock.ExtendedBy,
            Overdue = due.At <= now,
            Escalated = clock.IsEscalated,
        };
    }

    private static RefusalGround GroundOf(string name) => Enum.GetValues<RefusalGround>().FirstOrDefault(ground => NameOf(ground) == name);

    private static string NameOf(RefusalGround ground) => ground switch
    {
        RefusalGround.FormFault => "form-fault",
        RefusalGround.ConditionNotMet => "condition-not-met",
        RefusalGround.DatasetChanged => "dataset-changed",
        _ => "",
    };
}
